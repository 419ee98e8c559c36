package io.eventsourcing.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamPosition;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where streams ended when this store last read them or wrote to them. It may be out of date, so whoever relies on it has
 * the database compare the id of the last event: where that is still the same, so is everything before it, whatever was
 * restored meanwhile. Thread-safe.
 */
final class KnownHeads {

    /**
     * The end of a stream. Immutable.
     *
     * @param latest at least the id of its last event
     */
    record Head(long streamId, long position, LatestIds latest) {

        UUID eventId() {
            return latest.last();
        }

        /** Whether one of these events may be there already, if the append names no place. */
        boolean mayRepeat(List<NewEvent> events) {
            long first = AppendRules.firstRepeatable(StreamPosition.of(position), events.size());
            return position - latest.size() >= first
                    || events.stream().map(NewEvent::id).anyMatch(latest::contain);
        }
    }

    /** About 10 MB. */
    private static final int MAX_WEIGHT = 250_000;

    /** Of a head beside its ids. */
    private static final int WEIGHT = 5;

    /** Each append writes to it, and waking another thread would cost more than what that thread tidies up. */
    private final Cache<StreamKey, Head> heads = Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((StreamKey stream, Head head) -> WEIGHT + head.latest.size())
            .executor(Runnable::run)
            .build();

    /** Whoever only reads knows less of the same end than who has appended. */
    void saw(StreamKey stream, Head head) {
        heads.asMap().merge(stream, head, KnownHeads::better);
    }

    private static Head better(Head old, Head head) {
        boolean same = old.streamId == head.streamId
                && old.position == head.position
                && old.eventId().equals(head.eventId());
        return same && old.latest.size() > head.latest.size() ? old : head;
    }

    /** Null if it isn't known. */
    @Nullable
    Head of(StreamKey stream) {
        return heads.getIfPresent(stream);
    }

    /** The head of a stream that ended at a position; null if that isn't known. */
    @Nullable
    Head at(StreamKey stream, long position) {
        Head head = of(stream);
        return head != null && head.position() == position ? head : null;
    }
}
