package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The promise that projections stand on: whoever reads all events, again and again from behind the last one seen, misses
 * none and sees none twice, sees each stream in order, and sees what everybody else sees in the same order. Each load lasts a
 * second or two; the system property {@code eventsourcing.test.feed.seconds} makes it longer.
 */
public interface FeedConformance extends ConformanceSuite {

    @Test
    default void followersSeeEveryEventOnceAndInOneOrder() {
        new FeedLoad(fixture()).run((number, writer, committed) -> committed.accept(writer.append()));
    }

    @Test
    default void acknowledgedAppendIsInTheNextRead() {
        FeedJournal journal = new FeedJournal();
        Follower follower = Follower.fast(store(), lastCommitPosition(store()));
        StreamName stream = TestEvents.newStream();
        for (int i = 0; i < 50; i++) {
            journal.acknowledge(List.of(append(store(), stream, 1 + i % 3)));
            journal.acknowledge(List.of(append(store(), TestEvents.newStream(), 1)));
            follower.catchUp();
            journal.isWhatWasSeenBy(follower);
        }
    }

    @Test
    default void acknowledgedAppendIsInTheNextReadOfAnotherStore() {
        boolean durable = fixture().capabilities().contains(Capability.DURABLE);
        EventStore other = durable ? fixture().reopen() : store();
        FeedJournal journal = new FeedJournal();
        Follower follower = Follower.fast(other, lastCommitPosition(store()));
        for (int i = 0; i < 25; i++) {
            journal.acknowledge(List.of(append(store(), TestEvents.newStream(), 2)));
            journal.acknowledge(List.of(append(other, TestEvents.newStream(), 1)));
            follower.catchUp();
            journal.isWhatWasSeenBy(follower);
        }
    }

    @Test
    default void followerThatStartsInTheMiddleOfAnAppendSeesTheRestOfIt() {
        long before = lastCommitPosition(store());
        append(store(), TestEvents.newStream(), 5);
        Follower all = Follower.fast(store(), before);
        all.catchUp();
        assertThat(all.seen()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            Follower late = Follower.slow(store(), all.seen().get(i).commitPosition());
            late.catchUp();
            assertThat(late.seen()).isEqualTo(all.seen().subList(i + 1, 5));
        }
    }

    private static Written append(EventStore store, StreamName stream, int count) {
        List<NewEvent> events = events(count);
        return new Written(store.append(stream, any(), events), events);
    }
}
