package io.eventsourcing.store;

import java.util.OptionalLong;

/** Which events to read, and in which order. Immutable; each method returns a changed copy. */
public final class ReadOptions {

    private static final ReadOptions FORWARDS = new ReadOptions(false, OptionalLong.empty(), Long.MAX_VALUE);
    private static final ReadOptions BACKWARDS = new ReadOptions(true, OptionalLong.empty(), Long.MAX_VALUE);

    private final boolean backwards;
    private final OptionalLong from;
    private final long limit;

    private ReadOptions(boolean backwards, OptionalLong from, long limit) {
        this.backwards = backwards;
        this.from = from;
        this.limit = limit;
    }

    /** All events, oldest first. */
    public static ReadOptions forwards() {
        return FORWARDS;
    }

    /** All events, newest first. */
    public static ReadOptions backwards() {
        return BACKWARDS;
    }

    /**
     * Starts at a position, which need not exist.
     *
     * <p>In a stream it is a stream position, and its event is included in both directions. In a read of all events it is
     * a commit position; its event is included forwards and excluded backwards, so that a reader can turn at a position
     * without seeing its event twice.
     *
     * @param position 0 or more
     */
    public ReadOptions from(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("A position is 0 or more, not " + position);
        }
        return new ReadOptions(backwards, OptionalLong.of(position), limit);
    }

    /**
     * Ends after so many events.
     *
     * @param limit 0 or more
     */
    public ReadOptions limit(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit is 0 or more, not " + limit);
        }
        return new ReadOptions(backwards, from, limit);
    }

    public boolean isBackwards() {
        return backwards;
    }

    public OptionalLong from() {
        return from;
    }

    /** {@link Long#MAX_VALUE} if there is none. */
    public long limit() {
        return limit;
    }
}
