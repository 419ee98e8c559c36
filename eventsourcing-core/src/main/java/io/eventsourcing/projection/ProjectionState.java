package io.eventsourcing.projection;

import java.util.List;

/**
 * How a projection stands.
 *
 * @param paused whether nobody is to work on it
 * @param segments in the order of their slots
 * @param nodes that are ready to work on it, in an order that is the same for everybody
 */
public record ProjectionState(String projection, boolean paused, List<SegmentState> segments, List<String> nodes) {

    public ProjectionState {
        segments = List.copyOf(segments);
        nodes = List.copyOf(nodes);
    }

    /** Up to where all of it is done; 0 if it has no segments. */
    public long position() {
        return segments.stream().mapToLong(SegmentState::position).min().orElse(0);
    }
}
