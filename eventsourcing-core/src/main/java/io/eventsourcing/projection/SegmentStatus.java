package io.eventsourcing.projection;

import java.util.Optional;

/**
 * How a segment stands.
 *
 * @param first the first of its slots
 * @param last the last of its slots
 * @param owner the node that works on it
 */
public record SegmentStatus(int first, int last, long position, Optional<String> owner) {}
