package io.eventsourcing.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a projection is divided anew: what becomes of its checkpoints, or how far its segments are to go before. For whoever
 * writes a {@link ProjectionStore}. Immutable.
 */
public final class SegmentDivision {

    private final List<SegmentCheckpoint> before;
    private final List<SegmentId> wanted;

    /**
     * @param count 1 to {@value SegmentId#SLOTS}
     * @param before all segments that there are
     */
    public SegmentDivision(String projection, int count, List<SegmentCheckpoint> before) {
        this.before = List.copyOf(before);
        this.wanted = SegmentId.divide(projection, count);
    }

    /**
     * The new segments, each where those stand that it is made of; empty if some of those don't stand at one place, so that
     * they have to go to their {@link #limit} first.
     */
    public Optional<List<SegmentCheckpoint>> segments() {
        List<SegmentCheckpoint> made = new ArrayList<>();
        for (SegmentId segment : wanted) {
            List<SegmentCheckpoint> parts =
                    before.stream().filter(part -> part.overlaps(segment)).toList();
            SegmentCheckpoint first = parts.get(0);
            if (!parts.stream().allMatch(first::standsAs)) {
                return Optional.empty();
            }
            made.add(first.of(segment));
        }
        return Optional.of(made);
    }

    /**
     * Where all segments are to meet: where the first of them is. If they are together and differ in what is a replay, where
     * it isn't for any of them.
     */
    public long limit() {
        long farthest =
                before.stream().mapToLong(SegmentCheckpoint::position).max().orElse(0);
        boolean areTogether = before.stream().allMatch(segment -> segment.position() == farthest);
        return areTogether
                ? before.stream()
                        .mapToLong(SegmentCheckpoint::sideEffectsUntil)
                        .max()
                        .orElse(0)
                : farthest;
    }
}
