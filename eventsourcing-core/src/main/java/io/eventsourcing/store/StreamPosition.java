package io.eventsourcing.store;

/**
 * The position of a stream's last event: 0 for one event, and so on without gaps; or {@link #NONE} for a stream that has
 * no events.
 */
public record StreamPosition(long value) {

    /** The stream has no events. */
    public static final StreamPosition NONE = new StreamPosition(-1);

    public StreamPosition {
        if (value < -1) {
            throw new IllegalArgumentException("A stream position is 0 or more, not " + value);
        }
    }

    public static StreamPosition of(long value) {
        return value == -1 ? NONE : new StreamPosition(value);
    }

    public boolean exists() {
        return value >= 0;
    }

    /** The position that the stream's next event gets. */
    public long next() {
        return value + 1;
    }

    @Override
    public String toString() {
        return exists() ? "position " + value : "no stream";
    }
}
