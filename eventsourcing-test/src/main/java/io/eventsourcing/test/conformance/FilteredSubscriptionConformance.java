package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.SubscribeOptions.IfMissing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever follows some of the events misses none of them, sees no others, and remembers how far it has come all the same. */
public interface FilteredSubscriptionConformance extends ConformanceSuite {

    @Test
    default void subscriptionByTypeSeesTheseTypesOnly() {
        TestTree tree = TestTree.of(store());
        Recorder recorder = Recorder.of(store(), behind(tree).types(tree.type(0), tree.type(2)));
        Predicate<RecordedEvent> wanted = event -> !event.type().equals(tree.type(1));
        recorder.sees(matching(tree, wanted), lastCommitPosition(store()));
        for (int i = 0; i < 6; i++) {
            tree.append("/new", i % 3, TestEvents.TIME);
        }
        recorder.sees(matching(tree, wanted), lastCommitPosition(store()));
    }

    @Test
    default void subscriptionToATreeSeesItsStreamsOnly() {
        TestTree tree = TestTree.of(store());
        Recorder recorder = Recorder.of(store(), behind(tree).streams(StreamFilter.tree(tree.root() + "/one")));
        Predicate<RecordedEvent> wanted = event -> (event.stream().value() + "/").startsWith(tree.root() + "/one/");
        recorder.sees(matching(tree, wanted), lastCommitPosition(store()));
        for (String name : List.of("/one/two", "/onetwo", "/one", "one/")) {
            tree.append(name, 0, TestEvents.TIME);
        }
        recorder.sees(matching(tree, wanted), lastCommitPosition(store()));
        assertThat(recorder.seen()).hasSize(6);
    }

    /** Else it would look at all of them again when it begins anew. */
    @Test
    default void positionMovesOnOverWhatASubscriptionLeavesOut() {
        TestTree tree = TestTree.of(store());
        SubscribeOptions options = behind(tree).types(tree.type(0));
        List<RecordedEvent> first = matching(tree, event -> event.type().equals(tree.type(0)));
        long position;
        try (Recorder recorder = Recorder.of(store(), options)) {
            store().append(TestEvents.newStream(), any(), events(5));
            position = lastCommitPosition(store());
            recorder.sees(first, position);
        }
        tree.append("", 0, TestEvents.TIME);
        store().append(TestEvents.newStream(), any(), events(1));
        Recorder again = Recorder.of(store(), SubscribeOptions.after(position).types(tree.type(0)));
        again.sees(
                allAfter(store(), position).stream()
                        .filter(event -> event.type().equals(tree.type(0)))
                        .toList(),
                lastCommitPosition(store()));
        assertThat(again.seen()).hasSize(1);
    }

    @Test
    default void positionDoesNotMoveOnOverAnEventThatTheListenerHasNotTaken() {
        TestTree tree = TestTree.of(store());
        List<RecordedEvent> wanted = matching(tree, event -> event.type().equals(tree.type(1)));
        try (Recorder recorder = Recorder.of(store(), behind(tree).types(tree.type(1)), event -> {
            if (event.equals(wanted.get(1))) {
                throw new IllegalStateException("thrown by the test");
            }
        })) {
            recorder.awaitCalls(4);
            store().append(TestEvents.newStream(), any(), events(2));
            assertThat(recorder.subscription().failure()).isPresent();
            assertThat(recorder.subscription().position())
                    .isBetween(wanted.get(0).commitPosition(), wanted.get(1).commitPosition() - 1);
            assertThat(recorder.seen()).containsExactly(wanted.get(0));
        }
    }

    @Test
    default void subscriptionFromNowSeesWhatIsAppendedFromNowOn() {
        TestTree tree = TestTree.of(store());
        for (int i = 0; i < 5; i++) {
            long before = lastCommitPosition(store());
            Recorder recorder = Recorder.of(store(), SubscribeOptions.fromNow());
            Recorder filtered = Recorder.of(store(), SubscribeOptions.fromNow().types(tree.type(0)));
            tree.append("/now", 0, TestEvents.TIME);
            store().append(TestEvents.newStream(), any(), events(1));
            List<RecordedEvent> all = allAfter(store(), before);
            assertThat(all).hasSize(2);
            recorder.sees(all);
            filtered.sees(all.subList(0, 1), lastCommitPosition(store()));
        }
    }

    @Test
    default void subscriptionFromTheLatestEventOfATypeBeginsWithIt() {
        TestTree tree = TestTree.of(store());
        List<RecordedEvent> all = tree.events();
        for (IfMissing ifMissing : IfMissing.values()) {
            SubscribeOptions latest = SubscribeOptions.fromLatest(tree.type(2), ifMissing);
            Recorder.of(store(), latest).sees(all.subList(11, 14));
            Recorder.of(store(), latest.streams(StreamFilter.tree(tree.root() + "/one")))
                    .sees(List.of(all.get(8), all.get(10)), lastCommitPosition(store()));
            Recorder.of(store(), latest.types(tree.type(0))).sees(List.of(all.get(12)), lastCommitPosition(store()));
        }
    }

    @Test
    default void subscriptionFromTheLatestEventOfATypeThatIsMissingWaitsForIt() {
        TestTree tree = TestTree.of(store());
        Recorder recorder = Recorder.of(store(), SubscribeOptions.fromLatest(tree.type(7), IfMissing.WAIT_FOR_EVENT));
        tree.append("", 0, TestEvents.TIME);
        long position = lastCommitPosition(store());
        assertThat(Patience.awaits(() -> recorder.subscription().position() == position))
                .as("moves on while it waits")
                .isTrue();
        assertThat(recorder.calls()).isEmpty();
        store().append(
                        tree.stream("/new"),
                        any(),
                        List.of(event(tree.type(0)), event(tree.type(7)), event(tree.type(1))));
        store().append(tree.stream("/new"), any(), List.of(event(tree.type(7)), event(tree.type(0))));
        List<RecordedEvent> all = allAfter(store(), position);
        assertThat(all).hasSize(5);
        recorder.sees(all.subList(1, 5));
    }

    @Test
    default void subscriptionFromTheLatestEventOfATypeThatIsMissingReadsEverything() {
        TestTree tree = TestTree.of(store());
        SubscribeOptions options = SubscribeOptions.fromLatest(tree.type(7), IfMissing.READ_EVERYTHING)
                .streams(StreamFilter.prefix(tree.root()));
        Recorder recorder = Recorder.of(store(), options);
        recorder.sees(tree.events());
        tree.append("/new", 0, TestEvents.TIME);
        recorder.sees(tree.events());
    }

    @Test
    default void subscriptionsWithFiltersMissNothingWhileManyWrite() {
        TestStream.of(store(), 1);
        long before = lastCommitPosition(store());
        List<Recorder> recorders = new ArrayList<>();
        for (int type = 0; type < 3; type++) {
            recorders.add(Recorder.of(store(), SubscribeOptions.after(before).types("Conformance.Happened" + type)));
        }
        Race.of(4, number -> {
            for (int i = 0; i < 60; i++) {
                store().append(TestEvents.newStream(), any(), events(1 + i % 3));
            }
            return number;
        });
        List<RecordedEvent> all = allAfter(store(), before);
        assertThat(all).hasSize(480);
        for (int type = 0; type < 3; type++) {
            String name = "Conformance.Happened" + type;
            recorders
                    .get(type)
                    .sees(
                            all.stream()
                                    .filter(event -> event.type().equals(name))
                                    .toList(),
                            all.get(all.size() - 1).commitPosition());
        }
    }

    @Test
    default void slowListenerWithAFilterHoldsUpNobodyElse() {
        TestTree tree = TestTree.of(store());
        CountDownLatch patience = new CountDownLatch(1);
        SubscribeOptions options = behind(tree).types(tree.type(0));
        Predicate<RecordedEvent> wanted = event -> event.type().equals(tree.type(0));
        try (Recorder slow = Recorder.of(store(), options, event -> patience.await());
                Recorder quick = Recorder.of(store(), options)) {
            slow.awaitCalls(1);
            for (int i = 0; i < 5; i++) {
                tree.append("", i % 2, TestEvents.TIME);
                quick.sees(matching(tree, wanted), lastCommitPosition(store()));
            }
            assertThat(slow.seen()).isEmpty();
            patience.countDown();
            slow.sees(matching(tree, wanted), lastCommitPosition(store()));
        }
    }

    @Test
    default void idleStoreIsAskedAFewTimesASecondHoweverManyFilter() {
        TestTree tree = TestTree.of(store());
        try (ObservedStore observed = new ObservedStore(store(), Duration.ofMillis(250))) {
            List<Recorder> recorders = IntStream.range(0, 1_000)
                    .mapToObj(i -> Recorder.of(observed, behind(tree).types(tree.type(i % 4))))
                    .toList();
            tree.append("", 3, TestEvents.TIME);
            long last = lastCommitPosition(store());
            recorders.forEach(recorder -> {
                boolean unused = Patience.awaits(() -> recorder.subscription().position() >= last);
                assertThat(recorder.subscription().position()).isEqualTo(lastCommitPosition(store()));
            });
            long reads = observed.reads();
            long start = System.nanoTime();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(observed.reads() - reads)
                    .as("reads of an idle store in %s seconds", seconds)
                    .isBetween(1L, 2 + (long) (5 * seconds));
            assertThat(recorders.get(3).seen()).hasSize(1);
        }
    }

    private static SubscribeOptions behind(TestTree tree) {
        return SubscribeOptions.after(tree.before());
    }

    private static List<RecordedEvent> matching(TestTree tree, Predicate<RecordedEvent> wanted) {
        return tree.events().stream().filter(wanted).toList();
    }
}
