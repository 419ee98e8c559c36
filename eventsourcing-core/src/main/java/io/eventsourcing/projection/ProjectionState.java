package io.eventsourcing.projection;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a projection stands.
 *
 * @param paused whether nobody is to work on it
 * @param held whether nobody is to work on it for a moment
 * @param wantedSegments into how many segments it is to be divided anew; empty if it stays as it is
 * @param segments in the order of their slots
 * @param nodes that are ready to work on it, in an order that is the same for everybody
 */
public record ProjectionState(
        String projection,
        boolean paused,
        boolean held,
        OptionalInt wantedSegments,
        List<SegmentState> segments,
        List<String> nodes) {

    public ProjectionState {
        segments = List.copyOf(segments);
        nodes = List.copyOf(nodes);
    }

    /** One that is to stay as it is. */
    public ProjectionState(String projection, boolean paused, List<SegmentState> segments, List<String> nodes) {
        this(projection, paused, false, OptionalInt.empty(), segments, nodes);
    }

    /** Whether nobody is to work on it at present. */
    boolean rests() {
        return paused || held;
    }

    /** Up to where all of it is done; 0 if it has no segments. */
    public long position() {
        return segments.stream().mapToLong(SegmentState::position).min().orElse(0);
    }

    /**
     * Whether it falls to a node to work on a segment. A node that isn't among the nodes has just been stuck, and waits until
     * it is.
     */
    boolean fallsTo(String node, SegmentId segment) {
        List<SegmentId> ids = segments.stream().map(SegmentState::segment).toList();
        return !nodes.isEmpty()
                && nodes.get(Math.floorMod(projection.hashCode() + ids.indexOf(segment), nodes.size()))
                        .equals(node);
    }
}
