package io.eventsourcing.projection;

import io.eventsourcing.EventSourcingException;

/** A segment may not go so far at present: what was done has been rolled back. Its lease holds. */
public class SegmentLimitException extends EventSourcingException {

    private final long limit;

    /** @param limit up to where the segment may go */
    public SegmentLimitException(SegmentId segment, long limit) {
        super(segment + " may go to " + limit + " and no farther, until its projection is divided anew");
        this.limit = limit;
    }

    /** Up to where the segment may go. */
    public long limit() {
        return limit;
    }
}
