package io.eventsourcing.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest events of a store: all of those between two commit positions. Immutable. */
final class Tail {

    /** Before anybody has looked. */
    static final Tail UNKNOWN = new Tail(Long.MAX_VALUE, -1, List.of());

    private static final int MOST_EVENTS = 1_000;
    private static final long MOST_BYTES = 4 * 1024 * 1024;

    private final long after;
    private final long head;
    private final List<RecordedEvent> events;

    private Tail(long after, long head, List<RecordedEvent> events) {
        this.after = after;
        this.head = head;
        this.events = events;
    }

    /** Without an event. */
    static Tail at(long head) {
        return new Tail(head, head, List.of());
    }

    /** The commit position up to which everything was looked at; -1 if nothing was. */
    long head() {
        return head;
    }

    /** With the events that follow, and without the oldest if they are too many. */
    Tail with(List<RecordedEvent> page) {
        List<RecordedEvent> all = new ArrayList<>(events);
        all.addAll(page);
        int first = firstToKeep(all);
        return new Tail(
                first == 0 ? after : all.get(first - 1).commitPosition(),
                all.get(all.size() - 1).commitPosition(),
                List.copyOf(all.subList(first, all.size())));
    }

    private static int firstToKeep(List<RecordedEvent> all) {
        int first = all.size();
        long bytes = 0;
        while (first > 0 && all.size() - first < MOST_EVENTS && bytes < MOST_BYTES) {
            first--;
            bytes += all.get(first).data().length + all.get(first).metadata().length;
        }
        return first;
    }

    /** All events behind a position, if this reaches back so far. */
    Optional<List<RecordedEvent>> behind(long position) {
        if (position < after) {
            return Optional.empty();
        }
        return Optional.of(events.subList(firstBehind(position), events.size()));
    }

    private int firstBehind(long position) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).commitPosition() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
