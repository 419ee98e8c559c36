package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was written while others were following, as those know it who wrote. The streams were new when it was begun.
 * Thread-safe.
 */
final class FeedJournal {

    private final Collection<Written> acknowledged = new ConcurrentLinkedQueue<>();

    /** These are committed: everybody must see them. What isn't here, nobody must see. */
    void acknowledge(List<Written> written) {
        acknowledged.addAll(written);
    }

    /** A follower that has caught up has seen everything once, each stream in order, and at the positions acknowledged. */
    void isWhatWasSeenBy(Follower follower) {
        List<RecordedEvent> seen = follower.seen();
        nothingIsSeenTwice(follower, seen);
        nothingIsMissedOrMadeUp(follower, seen);
        streamsAreInOrder(follower, seen);
        positionsAreThoseAcknowledged(follower, seen);
    }

    private static void nothingIsSeenTwice(Follower follower, List<RecordedEvent> seen) {
        Set<UUID> ids = new HashSet<>();
        List<UUID> twice =
                TestEvents.ids(seen).stream().filter(id -> !ids.add(id)).toList();
        assertThat(twice).as("events that %s has seen twice", follower).isEmpty();
    }

    private void nothingIsMissedOrMadeUp(Follower follower, List<RecordedEvent> seen) {
        Set<UUID> missed = new LinkedHashSet<>();
        acknowledged.forEach(written -> missed.addAll(written.ids()));
        int all = missed.size();
        List<UUID> madeUp =
                TestEvents.ids(seen).stream().filter(id -> !missed.remove(id)).toList();
        assertThat(missed)
                .as("events that %s has missed, of %d that were committed", follower, all)
                .isEmpty();
        assertThat(madeUp)
                .as("events that %s has seen, though they were never committed", follower)
                .isEmpty();
    }

    private static void streamsAreInOrder(Follower follower, List<RecordedEvent> seen) {
        Map<StreamName, Long> next = new HashMap<>();
        for (RecordedEvent event : seen) {
            assertThat(event.streamPosition())
                    .as("position of the next event of %s, in the stream order of %s", event.stream(), follower)
                    .isEqualTo(next.getOrDefault(event.stream(), 0L));
            next.put(event.stream(), event.streamPosition() + 1);
        }
    }

    private void positionsAreThoseAcknowledged(Follower follower, List<RecordedEvent> seen) {
        Map<UUID, RecordedEvent> byId = new HashMap<>();
        seen.forEach(event -> byId.put(event.id(), event));
        for (Written written : acknowledged) {
            List<RecordedEvent> events = written.ids().stream().map(byId::get).toList();
            RecordedEvent last = events.get(events.size() - 1);
            assertThat(last.commitPosition())
                    .as("commit position of an append, as %s has seen it", follower)
                    .isEqualTo(written.result().commitPosition());
            assertThat(events)
                    .extracting(RecordedEvent::streamPosition)
                    .startsWith(written.result().streamPosition().next() - events.size())
                    .endsWith(written.result().streamPosition().value());
        }
    }
}
