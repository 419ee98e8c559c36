package io.eventsourcing.projection;

import java.util.Optional;

/**
 * How a segment stands.
 *
 * @param position up to where it is done
 * @param owner the node whose lease of it holds
 */
public record SegmentState(SegmentId segment, long position, Optional<String> owner) {}
