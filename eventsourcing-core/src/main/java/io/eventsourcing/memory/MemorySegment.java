package io.eventsourcing.memory;

import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of a segment in memory. Guarded by whoever keeps it. */
final class MemorySegment {

    final SegmentId id;
    long position;
    long replayUntil;
    long token;
    long limit = SegmentState.NO_LIMIT;

    @Nullable
    String owner;

    Instant until = Instant.MIN;

    /** @param token the next owner's is greater */
    MemorySegment(SegmentCheckpoint checkpoint, long token) {
        this.id = checkpoint.segment();
        this.position = checkpoint.position();
        this.replayUntil = checkpoint.replayUntil();
        this.token = token;
    }

    SegmentCheckpoint checkpoint() {
        return new SegmentCheckpoint(id, position, replayUntil);
    }

    SegmentState state(Instant now) {
        return new SegmentState(id, position, limit, Optional.ofNullable(until.isAfter(now) ? owner : null));
    }

    /** It has no owner any more. */
    void release() {
        owner = null;
        until = Instant.MIN;
    }

    /** No lease holds any more. */
    void fence() {
        token++;
        release();
    }

    /** What was done up to here is a replay from now on. */
    void rewind() {
        replayUntil = Math.max(replayUntil, position);
        position = 0;
        limit = SegmentState.NO_LIMIT;
    }
}
