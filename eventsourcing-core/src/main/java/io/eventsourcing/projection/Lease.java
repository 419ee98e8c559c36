package io.eventsourcing.projection;

/**
 * The right of one node to work on a segment, for a while.
 *
 * @param token greater than that of every lease before on this segment: what is done under an older one is refused
 * @param position up to where the segment is done, as the store knows it
 */
public record Lease(SegmentId segment, long token, long position) {

    Lease at(long newPosition) {
        return new Lease(segment, token, newPosition);
    }
}
