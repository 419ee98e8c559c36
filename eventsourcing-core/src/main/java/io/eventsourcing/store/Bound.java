package io.eventsourcing.store;

/**
 * One end of a range of positions, which need not be the position of an event.
 *
 * @param position 0 or more
 * @param inclusive whether the event at the position belongs to the range
 */
public record Bound(long position, boolean inclusive) {

    /** @throws IllegalArgumentException if the position is negative */
    public Bound {
        if (position < 0) {
            throw new IllegalArgumentException("A position is 0 or more, not " + position);
        }
    }

    /** The event at the position belongs to the range. */
    public static Bound inclusive(long position) {
        return new Bound(position, true);
    }

    /** The event at the position doesn't belong to the range. */
    public static Bound exclusive(long position) {
        return new Bound(position, false);
    }
}
