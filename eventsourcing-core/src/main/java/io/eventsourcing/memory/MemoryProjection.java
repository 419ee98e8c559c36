package io.eventsourcing.memory;

import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentDivision;
import io.eventsourcing.projection.SegmentId;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What is kept of a projection in memory. Guarded by whoever keeps it. */
final class MemoryProjection {

    final String name;
    final Instant since;
    final NavigableMap<SegmentId, MemorySegment> segments = new TreeMap<>();
    boolean paused;
    Instant heldUntil = Instant.MIN;
    OptionalInt wantedSegments = OptionalInt.empty();

    /** No segment that is made later has a token up to this one. */
    long retiredToken;

    MemoryProjection(String name, Instant since) {
        this.name = name;
        this.since = since;
    }

    /** Instead of all that there were. */
    void replace(List<SegmentCheckpoint> checkpoints, long token) {
        segments.clear();
        checkpoints.forEach(checkpoint -> segments.put(checkpoint.segment(), new MemorySegment(checkpoint, token)));
    }

    ProjectionState state(Instant now, List<String> nodes) {
        return new ProjectionState(
                name,
                paused,
                heldUntil.isAfter(now),
                wantedSegments,
                segments.values().stream().map(segment -> segment.state(now)).toList(),
                nodes);
    }

    List<SegmentCheckpoint> checkpoints() {
        return segments.values().stream().map(MemorySegment::checkpoint).toList();
    }

    long highestToken() {
        return segments.values().stream().mapToLong(segment -> segment.token).reduce(retiredToken, Math::max);
    }

    /** @return whether it was done now */
    boolean divide() {
        if (wantedSegments.isEmpty()) {
            return false;
        }
        SegmentDivision division = new SegmentDivision(name, wantedSegments.getAsInt(), checkpoints());
        Optional<List<SegmentCheckpoint>> divided = division.segments();
        if (divided.isPresent()) {
            replace(divided.get(), highestToken() + 1);
            wantedSegments = OptionalInt.empty();
        } else {
            segments.values().forEach(segment -> segment.limit = division.limit());
        }
        return divided.isPresent();
    }

    void fence() {
        segments.values().forEach(MemorySegment::fence);
    }
}
