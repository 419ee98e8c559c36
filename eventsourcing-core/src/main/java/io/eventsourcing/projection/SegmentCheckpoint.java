package io.eventsourcing.projection;

/**
 * What is kept of a segment, whoever works on it.
 *
 * @param position up to where it is done
 * @param replayUntil up to where its events were handled once before, so that side effects have happened
 */
public record SegmentCheckpoint(SegmentId segment, long position, long replayUntil) {

    boolean overlaps(SegmentId other) {
        return segment.first() <= other.last() && other.first() <= segment.last();
    }

    /** Up to where side effects have happened. */
    long sideEffectsUntil() {
        return Math.max(position, replayUntil);
    }

    /** Whether one owner could go on with both as one. */
    boolean standsAs(SegmentCheckpoint other) {
        return position == other.position && sideEffectsUntil() == other.sideEffectsUntil();
    }

    SegmentCheckpoint of(SegmentId other) {
        return new SegmentCheckpoint(other, position, replayUntil);
    }
}
