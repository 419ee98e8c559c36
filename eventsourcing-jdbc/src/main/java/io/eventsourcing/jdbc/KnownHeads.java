package io.eventsourcing.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where streams ended when this store last read them or wrote to them. It may be out of date, so whoever relies on it has
 * the database compare the id of the last event: where that is still the same, so is everything before it, whatever was
 * restored meanwhile. Thread-safe.
 */
final class KnownHeads {

    /** The last event of a stream. */
    record Head(long streamId, long position, UUID eventId) {}

    private static final int KEPT = 10_000;

    /** Each append writes to it, and waking another thread would cost more than what that thread tidies up. */
    private final Cache<StreamKey, Head> heads =
            Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

    void saw(StreamKey stream, Head head) {
        heads.put(stream, head);
    }

    /** The head of a stream that ended at a position; null if that isn't known. */
    @Nullable
    Head at(StreamKey stream, long position) {
        Head head = heads.getIfPresent(stream);
        return head != null && head.position() == position ? head : null;
    }
}
