package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whoever subscribes catches up and then follows, misses nothing and sees nothing twice, whether or not signals come. What
 * happens when a listener fails, or a subscription ends, is in {@link SubscriptionLifeConformance}.
 */
public interface SubscriptionConformance extends ConformanceSuite {

    @Test
    default void subscriptionFromTheBeginningSeesWhatReadersSee() {
        append(store(), 5);
        Recorder.of(store(), 0).sees(allAfter(store(), 0));
    }

    @Test
    default void subscriptionBeginsBehindItsPosition() {
        long before = lastCommitPosition(store());
        append(store(), 5);
        List<RecordedEvent> all = allAfter(store(), before);
        assertThat(all).hasSize(5);
        List<Recorder> recorders = all.subList(0, 4).stream()
                .map(event -> Recorder.of(store(), event.commitPosition()))
                .toList();
        for (int i = 0; i < 4; i++) {
            recorders.get(i).sees(all.subList(i + 1, 5));
        }
    }

    @Test
    default void subscriptionFollowsWhatIsAppended() {
        long before = followed();
        Recorder recorder = Recorder.of(store(), before);
        for (int i = 0; i < 10; i++) {
            append(store(), 1 + i % 3);
            recorder.sees(allAfter(store(), before));
        }
    }

    @Test
    default void subscriptionBehindTheEndOfTheStoreWaitsForThatPosition() {
        followed();
        Recorder recorder = Recorder.of(store(), Long.MAX_VALUE);
        Recorder other = Recorder.of(store(), lastCommitPosition(store()));
        long before = lastCommitPosition(store());
        append(store(), 3);
        other.sees(allAfter(store(), before));
        assertThat(recorder.calls()).isEmpty();
        assertThat(recorder.subscription().position()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    default void eventsAppendedThroughAnotherStoreArrive() {
        long before = followed();
        boolean durable = fixture().capabilities().contains(Capability.DURABLE);
        EventStore other = durable ? fixture().reopen() : store();
        Recorder recorder = Recorder.of(store(), before);
        for (int i = 0; i < 5; i++) {
            append(other, 2);
            recorder.sees(allAfter(store(), before));
        }
    }

    /** The listener is still at the first event when the others are appended, some of them while it goes on. */
    @Test
    default void eventsAppendedDuringCatchUpAreNeitherMissedNorSeenTwice() throws Exception {
        long before = followed();
        append(store(), 150);
        CountDownLatch firstHasCome = new CountDownLatch(1);
        CountDownLatch more = new CountDownLatch(1);
        Recorder recorder = Recorder.of(store(), before, event -> {
            firstHasCome.countDown();
            more.await();
            LockSupport.parkNanos(100_000);
        });
        assertThat(firstHasCome.await(Patience.seconds(), TimeUnit.SECONDS)).isTrue();
        append(store(), 150);
        more.countDown();
        for (int i = 0; i < 100; i++) {
            append(store(), 1);
        }
        recorder.sees(allAfter(store(), before));
    }

    @Test
    default void subscriptionsSeeEveryEventOnceAndInOrderWhileManyWrite() {
        long before = followed();
        Collection<Recorder> recorders = new ConcurrentLinkedQueue<>(List.of(Recorder.of(store(), before)));
        List<StreamName> shared = List.of(TestEvents.newStream(), TestEvents.newStream());
        boolean several = fixture().capabilities().contains(Capability.MULTI_STREAM_APPEND);
        Race.of(5, number -> {
            FeedWriter writer = new FeedWriter(store(), shared, number, several);
            for (int i = 0; i < 100; i++) {
                writer.append();
                if (i % 40 == 10) {
                    recorders.add(Recorder.of(store(), before, event -> LockSupport.parkNanos(1_000L * number)));
                }
            }
            return number;
        });
        List<RecordedEvent> all = allAfter(store(), before);
        recorders.forEach(recorder -> recorder.sees(all));
    }

    @Test
    default void subscriptionsMissNothingHoweverTransactionsEnd() {
        TestStream.of(store(), 1);
        if (!fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
            assertThatThrownBy(() -> fixture().inTransaction(store(), () -> TransactionEnd.COMMIT))
                    .isInstanceOf(UnsupportedByStoreException.class);
            return;
        }
        long before = lastCommitPosition(store());
        Recorder recorder = Recorder.of(store(), before);
        Race.of(4, number -> {
            FeedWriter writer = new FeedWriter(store(), List.of(TestEvents.newStream()), number, false);
            for (int i = 0; i < 25; i++) {
                fixture().inTransaction(store(), () -> {
                    writer.append();
                    LockSupport.parkNanos(1_000_000L * writer.random(4));
                    return writer.random(5) == 0 ? TransactionEnd.ROLLBACK : TransactionEnd.COMMIT;
                });
            }
            return number;
        });
        recorder.sees(allAfter(store(), before));
    }

    /** Where the store gives signals, each comes when the event can be read, and does without polling. */
    @Test
    default void signalComesWhenTheEventCanBeRead() {
        long before = followed();
        boolean signals = store() instanceof AppendSignals;
        try (ObservedStore observed =
                signals ? ObservedStore.withoutPolling(store()) : new ObservedStore(store(), Duration.ofMillis(20))) {
            Recorder recorder = Recorder.of(observed, before);
            for (int i = 0; i < 30; i++) {
                append(store(), 1);
                recorder.sees(allAfter(store(), before));
            }
        }
    }

    @Test
    default void signalThatIsLostOnlyDelays() {
        long before = followed();
        try (ObservedStore observed = new ObservedStore(store(), Duration.ofMillis(50)).losingSignals()) {
            Recorder recorder = Recorder.of(observed, before);
            for (int i = 0; i < 5; i++) {
                append(store(), 2);
                recorder.sees(allAfter(store(), before));
            }
        }
    }

    @Test
    default void idleStoreIsAskedAFewTimesASecondHoweverManySubscribe() {
        long before = followed();
        try (ObservedStore observed = new ObservedStore(store(), Duration.ofMillis(250))) {
            List<Recorder> recorders = IntStream.range(0, 1_000)
                    .mapToObj(i -> Recorder.of(observed, before))
                    .toList();
            append(store(), 1);
            recorders.forEach(recorder -> recorder.sees(allAfter(store(), before)));
            long reads = observed.reads();
            long start = System.nanoTime();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(observed.reads() - reads)
                    .as("reads of an idle store in %s seconds", seconds)
                    .isBetween(1L, 2 + (long) (5 * seconds));
            append(store(), 1);
            recorders.forEach(recorder -> recorder.sees(allAfter(store(), before)));
        }
    }

    /** The position from which a test follows, in a store that was seen to keep what it is given. */
    private long followed() {
        TestStream.of(store(), 1);
        return lastCommitPosition(store());
    }

    private static void append(EventStore store, int count) {
        store.append(TestEvents.newStream(), any(), events(count));
    }
}
