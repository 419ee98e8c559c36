package io.eventsourcing.projection;

/**
 * The right of one node to work on a segment, for a while.
 *
 * @param token greater than that of every lease before on this segment: what is done under an older one is refused
 * @param position up to where the segment is done, as the store knows it
 * @param replayUntil up to where its events were handled once before, so that side effects have happened; 0 if they weren't
 */
public record Lease(SegmentId segment, long token, long position, long replayUntil) {

    /** Where no event was handled before. */
    public Lease(SegmentId segment, long token, long position) {
        this(segment, token, position, 0);
    }

    /** The same one, at another position. */
    public Lease at(long newPosition) {
        return new Lease(segment, token, newPosition, replayUntil);
    }
}
