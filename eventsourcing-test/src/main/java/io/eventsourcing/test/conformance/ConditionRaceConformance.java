package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Between the look at a condition and the write, nobody comes: in one store, in two over the same data where it is {@link
 * Capability#DURABLE}, and in transactions that stay open for a while where it {@link Capability#JOINS_TRANSACTIONS}. A store
 * without {@link Capability#CONDITIONAL_APPEND} refuses conditions, which each of these tests then expects.
 */
public interface ConditionRaceConformance extends ConformanceSuite {

    int WRITERS = 8;
    int PLACES = 5;

    @Test
    default void oneOfManyWritersThatDependOnATagWins() {
        whereSupported(() -> claim(EventQuery::tagged));
    }

    @Test
    default void oneOfManyWritersThatDependOnATypeAndATagWins() {
        whereSupported(() -> claim(name -> EventQuery.ofTypes("Conformance.Claimed." + name, "Conformance.Other")
                .andTagged(name)));
    }

    @Test
    default void oneOfManyWritersThatDependOnATypeWins() {
        whereSupported(() -> claim(name -> EventQuery.ofTypes("Conformance.Claimed." + name)));
    }

    @Test
    default void oneOfManyWritersThatAskAQuestionWins() {
        whereSupported(() -> race(name -> AppendCondition.isTrue(
                "is it free?",
                all -> all.readAll(ReadOptions.backwards().limit(100)).stream()
                        .noneMatch(event -> event.tags().contains(name)))));
    }

    /** Some of them ask for the type as well. */
    @Test
    default void writersThatDependOnTheSameEventsInOtherWordsMeet() {
        whereSupported(() -> {
            AtomicInteger words = new AtomicInteger();
            claim(name -> switch (words.getAndIncrement() % 3) {
                case 0 -> EventQuery.tagged(name);
                case 1 -> EventQuery.ofTypes("Conformance.Claimed." + name).andTagged(name);
                default -> EventQuery.tagged(name, "claimed");
            });
        });
    }

    private void claim(Function<String, EventQuery> query) {
        race(name -> AppendCondition.noMatch(query.apply(name)));
    }

    private void race(Function<String, AppendCondition> condition) {
        List<EventStore> stores = stores();
        for (int round = 0; round < 20; round++) {
            String name = "name:" + UUID.randomUUID();
            List<Boolean> won = Race.of(WRITERS, number -> {
                NewEvent event = tagged("Conformance.Claimed." + name, name, "claimed");
                return isAppended(stores.get(number % 2), number, event, condition.apply(name));
            });
            assertThat(won.stream().filter(each -> each))
                    .as("winners of round " + round)
                    .hasSize(1);
        }
    }

    /** Each reads what is there, decides, and appends if nothing has changed. Others append without asking. */
    @Test
    default void decisionsOnWhatWasReadNeverGoBeyondTheLimit() {
        whereSupported(() -> {
            List<EventStore> stores = stores();
            for (int round = 0; round < 4; round++) {
                String course = "course:" + UUID.randomUUID();
                long before = lastCommitPosition(store());
                Race.of(
                        WRITERS,
                        number -> number < 2
                                ? annotate(number, course, stores)
                                : subscribe(number, course, stores.get(number % 2), before));
                assertThat(subscribers(allAfter(store(), before), course)).isEqualTo(PLACES);
            }
        });
    }

    /** For one place of five, as six want one. Somebody gets ahead with each attempt that fails. */
    private boolean subscribe(int number, String course, EventStore store, long before) {
        EventQuery query = EventQuery.ofTypes("Conformance.Subscribed").andTagged(course);
        for (int attempt = 0; attempt < 2 * WRITERS; attempt++) {
            List<RecordedEvent> read = allAfter(store, before);
            if (subscribers(read, course) == PLACES) {
                return false;
            }
            long last = read.isEmpty() ? before : read.get(read.size() - 1).commitPosition();
            NewEvent event = tagged("Conformance.Subscribed", course, "student:" + UUID.randomUUID());
            if (isAppended(store, number, event, AppendCondition.noMatchAfter(last, query))) {
                return true;
            }
        }
        throw new AssertionError("An append is refused although nothing has changed");
    }

    private static boolean annotate(int number, String course, List<EventStore> stores) {
        for (int i = 0; i < 20; i++) {
            stores.get(number)
                    .append(
                            TestEvents.newStream(),
                            any(),
                            List.of(tagged("Conformance.Annotated", course, "note:" + i)));
        }
        return true;
    }

    private static long subscribers(List<RecordedEvent> events, String course) {
        return events.stream()
                .filter(event -> event.type().equals("Conformance.Subscribed"))
                .filter(event -> event.tags().contains(course))
                .count();
    }

    @Test
    default void writersThatDependOnDifferentTagsDoNotDisturbEachOther() {
        whereSupported(() -> {
            List<EventStore> stores = stores();
            long before = lastCommitPosition(store());
            List<Integer> won = Race.of(WRITERS, number -> (int) IntStream.range(0, 25)
                    .mapToObj(i -> "name:" + UUID.randomUUID())
                    .filter(name -> isAppended(
                            stores.get(number % 2),
                            number,
                            tagged("Conformance.Claimed", name, "shared"),
                            AppendCondition.noMatch(EventQuery.tagged(name))))
                    .count());
            assertThat(won).containsOnly(25);
            assertThat(allAfter(store(), before)).hasSize(25 * WRITERS);
        });
    }

    private List<EventStore> stores() {
        return List.of(
                store(),
                fixture().capabilities().contains(Capability.DURABLE)
                        ? fixture().reopen()
                        : store());
    }

    /** The even ones in a transaction that stays open for a moment, where there are transactions. */
    private boolean isAppended(EventStore store, int number, NewEvent event, AppendCondition condition) {
        if (number % 4 > 1 && fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
            boolean[] appended = new boolean[1];
            fixture().inTransaction(store, () -> {
                appended[0] = isAppended(store, event, condition);
                LockSupport.parkNanos(2_000_000);
                return TransactionEnd.COMMIT;
            });
            return appended[0];
        }
        return isAppended(store, event, condition);
    }

    private static boolean isAppended(EventStore store, NewEvent event, AppendCondition condition) {
        try {
            store.require(ConditionalAppender.class)
                    .append(
                            List.of(new StreamAppend(TestEvents.newStream(), noStream(), List.of(event))),
                            List.of(condition));
            return true;
        } catch (ConditionNotMetException e) {
            return false;
        }
    }

    private void whereSupported(Runnable test) {
        if (fixture().capabilities().contains(Capability.CONDITIONAL_APPEND)) {
            test.run();
            return;
        }
        TestStream.of(store(), 1);
        assertThatThrownBy(() -> store().require(ConditionalAppender.class))
                .isInstanceOf(UnsupportedByStoreException.class);
    }
}
