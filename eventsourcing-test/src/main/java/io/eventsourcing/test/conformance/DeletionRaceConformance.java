package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An append comes before a deletion or behind it, whoever was faster. */
public interface DeletionRaceConformance extends DeletionSuite {

    /** So many threads append, while one more deletes. */
    int APPENDERS = 3;

    int ROUNDS = 15;

    /** More than a thread can append until somebody else deletes. */
    int MOST = 2_000;

    @Test
    default void nothingIsAppendedBehindATombstone() {
        whereDeleted(deleter -> {
            for (int round = 0; round < ROUNDS; round++) {
                long before = lastCommitPosition(store());
                StreamName stream = TestStream.of(store(), 1).name();
                AtomicInteger appended = new AtomicInteger(1);
                AtomicBoolean gone = new AtomicBoolean();
                long pause = round * 100_000L; // else it would come right behind an append each time
                Race.of(APPENDERS + 1, number -> {
                    if (number == 0) {
                        tombstone(deleter, stream, appended, gone, pause);
                    } else {
                        appendUntilRefused(stream, number, appended, gone);
                    }
                    return number;
                });
                assertThat(ofStream(stream, before))
                        .as("events that were appended")
                        .hasSize(appended.get());
                assertHasNoEvents(stream);
            }
        });
    }

    private static void tombstone(
            StreamDeleter deleter, StreamName stream, AtomicInteger appended, AtomicBoolean gone, long pause) {
        while (appended.get() < 6) {
            Thread.onSpinWait();
        }
        LockSupport.parkNanos(pause);
        deleter.tombstone(stream, any());
        gone.set(true);
    }

    /** Some of them say where their events go, and have looked for it a moment before; stores may treat them otherwise. */
    private void appendUntilRefused(StreamName stream, int number, AtomicInteger appended, AtomicBoolean gone) {
        for (int i = 0; i < MOST; i++) {
            long last = store().position(stream).value();
            LockSupport.parkNanos(200_000);
            boolean isBehind = gone.get();
            try {
                store().append(stream, number == 1 || last < 0 ? any() : exactly(last), events(1));
                appended.incrementAndGet();
                assertThat(isBehind).as("append is behind the tombstone").isFalse();
            } catch (VersionConflictException e) {
                Thread.onSpinWait();
            } catch (StreamTombstonedException e) {
                return;
            }
        }
        throw new AssertionError("There is a tombstone, and " + MOST + " appends weren't refused");
    }

    @Test
    default void appendIsDeletedOrComesBehindTheDeletion() {
        whereDeleted(deleter -> {
            for (int round = 0; round < ROUNDS; round++) {
                long before = lastCommitPosition(store());
                StreamName stream = TestStream.of(store(), 1).name();
                AtomicBoolean deleting = new AtomicBoolean();
                AtomicBoolean deleted = new AtomicBoolean();
                List<Appended> all = Race.of(
                        APPENDERS + 1,
                        number -> number == 0
                                ? deleted(deleter, stream, deleting, deleted)
                                : appended(stream, number, deleting, deleted));
                List<UUID> inAll = ofStream(stream, before);
                List<UUID> left = TestEvents.ids(
                        store().read(stream, ReadOptions.forwards()).toList());
                assertThat(inAll).endsWith(left.toArray(UUID[]::new));
                for (Appended each : all) {
                    assertThat(each.before).noneMatch(left::contains);
                    assertThat(left).containsAll(each.behind);
                    assertThat(inAll).containsAll(each.before).containsAll(each.behind);
                }
            }
        });
    }

    /** What a thread has appended before the deletion began, and since it ended. */
    record Appended(List<UUID> before, List<UUID> behind) {}

    private static Appended deleted(
            StreamDeleter deleter, StreamName stream, AtomicBoolean deleting, AtomicBoolean deleted) {
        Thread.yield();
        deleting.set(true);
        try {
            deleter.delete(stream, any());
        } finally {
            deleted.set(true);
        }
        return new Appended(List.of(), List.of());
    }

    private Appended appended(StreamName stream, int number, AtomicBoolean deleting, AtomicBoolean deleted) {
        Appended appended = new Appended(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < MOST && appended.behind.size() < 2; i++) {
            boolean isBehind = deleted.get();
            long last = store().position(stream).value();
            ExpectedPosition expected = number == 1 || last < 0 ? any() : exactly(last);
            NewEvent event = TestEvents.event();
            if (isAppended(stream, expected, event)) {
                if (isBehind) {
                    appended.behind.add(event.id());
                } else if (!deleting.get()) {
                    appended.before.add(event.id());
                }
            }
        }
        return appended;
    }

    private boolean isAppended(StreamName stream, ExpectedPosition expected, NewEvent event) {
        try {
            store().append(stream, expected, List.of(event));
            return true;
        } catch (VersionConflictException e) {
            return false;
        }
    }

    @Test
    default void deletionThatExpectsAPositionLosesNoEvent() {
        whereDeleted(deleter -> {
            for (int round = 0; round < ROUNDS; round++) {
                TestStream stream = TestStream.of(store(), 2);
                List<NewEvent> events = events(1);
                long lead = round
                        % 2
                        * 1_000_000L; // of the deletion, else whoever is started first may always be the first
                List<Boolean> won = Race.of(
                        2,
                        number -> isDone(() -> {
                            if (number == 0) {
                                deleter.delete(stream.name(), exactly(1));
                            } else {
                                LockSupport.parkNanos(lead);
                                store().append(stream.name(), exactly(1), events);
                            }
                        }));
                assertThat(won.get(1)).as("the append was made").isTrue();
                if (won.get(0)) {
                    assertHas(stream.name(), 2, events);
                } else {
                    stream.nowHas(events).isIntact();
                }
            }
        });
    }

    private static boolean isDone(Runnable step) {
        try {
            step.run();
            return true;
        } catch (EventStoreException e) {
            assertThat(e).isInstanceOf(VersionConflictException.class);
            return false;
        }
    }

    private List<UUID> ofStream(StreamName stream, long before) {
        return TestEvents.ids(allAfter(store(), before).stream()
                .filter(event -> event.stream().equals(stream))
                .toList());
    }
}
