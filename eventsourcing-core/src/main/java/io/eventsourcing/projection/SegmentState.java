package io.eventsourcing.projection;

import java.util.Optional;

/**
 * How a segment stands.
 *
 * @param position up to where it is done
 * @param limit up to where it may go, such as {@link #NO_LIMIT}
 * @param owner the node whose lease of it holds
 */
public record SegmentState(SegmentId segment, long position, long limit, Optional<String> owner) {

    /** It may go on to the end. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** Without a limit. */
    public SegmentState(SegmentId segment, long position, Optional<String> owner) {
        this(segment, position, NO_LIMIT, owner);
    }

    SegmentState limitedTo(long other) {
        return new SegmentState(segment, position, Math.min(limit, other), owner);
    }
}
