package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TransactionEnd.COMMIT;
import static io.eventsourcing.test.conformance.TransactionEnd.ROLLBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link FeedConformance} says is also true where appends join transactions of the caller's, which write other things
 * before, stay open, roll back, and don't commit in the order in which they have appended. Appends may wait for each other;
 * reads must not. A store without {@link Capability#JOINS_TRANSACTIONS} refuses them, which each of these tests then expects.
 */
public interface TransactionalFeedConformance extends ConformanceSuite {

    @Test
    default void followersSeeEveryEventOnceHoweverTransactionsEnd() {
        whereSupported(() -> {
            FeedLoad load = new FeedLoad(fixture());
            load.run((number, writer, committed) -> {
                if (number == 0) {
                    committed.accept(writer.append()); // without a transaction, among those that have one
                } else {
                    inTransaction(load.store(number), writer, committed);
                }
            });
        });
    }

    private void inTransaction(EventStore store, FeedWriter writer, Consumer<List<Written>> committed) {
        TransactionEnd end = writer.random(10) == 0 ? ROLLBACK : COMMIT;
        List<Written> written = new ArrayList<>();
        fixture().inTransaction(store, () -> {
            written.addAll(writer.appendSeveral());
            LockSupport.parkNanos(1_000_000L * (writer.random(30) == 0 ? 30 : writer.random(4)));
            return end;
        });
        if (end == COMMIT) {
            committed.accept(written);
        }
    }

    /** The other one draws its position later, and commits before. */
    @ParameterizedTest
    @EnumSource
    default void eventsOfATransactionThatIsOvertakenAreNotSkipped(TransactionEnd end) {
        whereSupported(() -> following((follower, journal) -> {
            try (OpenTransaction slow = open();
                    OpenTransaction fast = open()) {
                slow.append(TestEvents.newStream());
                overtake(follower, fast);
                slow.end(end);
                journal.acknowledge(fast.committed());
                journal.acknowledge(slow.committed());
            }
        }));
    }

    /** The other one was begun before, and has written before, but has drawn its position later. */
    @ParameterizedTest
    @EnumSource
    default void eventsOfATransactionThatIsOvertakenByAnOlderOneAreNotSkipped(TransactionEnd end) {
        whereSupported(() -> following((follower, journal) -> {
            try (OpenTransaction older = open();
                    OpenTransaction younger = open()) {
                younger.append(TestEvents.newStream());
                overtake(follower, older);
                younger.end(end);
                journal.acknowledge(older.committed());
                journal.acknowledge(younger.committed());
            }
        }));
    }

    private static void overtake(Follower follower, OpenTransaction fast) {
        fast.append(TestEvents.newStream());
        fast.append(TestEvents.newStream());
        fast.end(COMMIT);
        follower.catchUp();
    }

    /** A read has several steps, and these transactions come in the middle of one, if it lasts long enough. */
    @Test
    default void eventsThatAppearWhileAFollowerReadsAreNotSkipped() {
        whereSupported(() -> following((follower, journal) -> {
            try (OpenTransaction slow = open();
                    OpenTransaction fast = open()) {
                CompletableFuture<Void> read =
                        CompletableFuture.runAsync(follower::catchUp, task -> new Thread(task).start());
                LockSupport.parkNanos(30_000_000);
                slow.append(TestEvents.newStream());
                fast.append(TestEvents.newStream()).end(COMMIT);
                read.join();
                slow.end(COMMIT);
                journal.acknowledge(fast.committed());
                journal.acknowledge(slow.committed());
            }
        }));
    }

    /** It was begun, and has written, before the other one: whoever sorts by that sorts the stream the wrong way round. */
    @Test
    default void streamStaysInOrderWhenTheOlderTransactionAppendsLast() {
        whereSupported(() -> following((follower, journal) -> {
            StreamName stream = TestEvents.newStream();
            try (OpenTransaction older = open();
                    OpenTransaction younger = open()) {
                younger.append(stream).end(COMMIT);
                follower.catchUp();
                older.append(stream).end(COMMIT);
                journal.acknowledge(younger.committed());
                journal.acknowledge(older.committed());
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    default void transactionThatAppendsSeveralTimesIsSeenAsAWhole(TransactionEnd end) {
        whereSupported(() -> following((follower, journal) -> {
            StreamName stream = TestEvents.newStream();
            try (OpenTransaction one = open();
                    OpenTransaction other = open()) {
                one.append(stream).append(TestEvents.newStream());
                other.append(TestEvents.newStream());
                one.append(stream);
                follower.catchUp();
                assertThat(follower.seen()).as("events of open transactions").isEmpty();
                one.end(end);
                follower.catchUp();
                other.append(stream).end(COMMIT);
                journal.acknowledge(one.committed());
                journal.acknowledge(other.committed());
            }
        }));
    }

    @Test
    default void transactionThatHasNotAppendedHoldsNothingBack() {
        whereSupported(() -> following((follower, journal) -> {
            try (OpenTransaction open = open()) {
                journal.acknowledge(List.of(append()));
                follower.catchUp();
                journal.isWhatWasSeenBy(follower);
                open.append(TestEvents.newStream()).end(COMMIT);
                journal.acknowledge(open.committed());
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    default void transactionThatHasAppendedHoldsBackOnlyWhatLiesBehindIt(TransactionEnd end) {
        whereSupported(() -> following((follower, journal) -> {
            journal.acknowledge(List.of(append()));
            try (OpenTransaction open = open()) {
                open.append(TestEvents.newStream());
                follower.catchUp();
                journal.isWhatWasSeenBy(follower);
                assertThat(lastCommitPosition(store()))
                        .isEqualTo(follower.seen().get(0).commitPosition());
                open.end(end);
                journal.acknowledge(open.committed());
            }
            journal.acknowledge(List.of(append()));
        }));
    }

    @Test
    default void whatIsRolledBackIsNeverSeenAndCanBeAppendedAgain() {
        whereSupported(() -> following((follower, journal) -> {
            List<NewEvent> events = events(3);
            StreamName stream = TestEvents.newStream();
            fixture().inTransaction(store(), () -> {
                store().append(stream, any(), events);
                assertThat(store().position(stream).exists())
                        .as("own events, inside")
                        .isTrue();
                return ROLLBACK;
            });
            follower.catchUp();
            journal.isWhatWasSeenBy(follower);
            journal.acknowledge(List.of(new Written(store().append(stream, any(), events), events)));
        }));
    }

    /** What a test does while a follower follows. */
    @FunctionalInterface
    interface Following {
        void run(Follower follower, FeedJournal journal);
    }

    private void following(Following test) {
        for (int round = 0; round < 3; round++) {
            long before = lastCommitPosition(store());
            Follower follower = Follower.fast(store(), before);
            FeedJournal journal = new FeedJournal();
            test.run(follower, journal);
            follower.catchUp();
            journal.isWhatWasSeenBy(follower);
            assertThat(follower.seen()).as("events committed").isNotEmpty();
            assertThat(ids(TestEvents.allAfter(store(), before))).isEqualTo(ids(follower.seen()));
        }
    }

    private OpenTransaction open() {
        return new OpenTransaction(fixture(), store());
    }

    private Written append() {
        List<NewEvent> events = events(1);
        return new Written(store().append(TestEvents.newStream(), any(), events), events);
    }

    private void whereSupported(Runnable test) {
        if (fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
            test.run();
            return;
        }
        TestStream.of(store(), 1);
        assertThatThrownBy(() -> fixture().inTransaction(store(), () -> COMMIT))
                .isInstanceOf(UnsupportedByStoreException.class);
    }
}
