package io.eventsourcing.projection;

import java.time.Duration;

/**
 * How a projection is run. Immutable.
 *
 * @param segments into how many parts it is divided when it is first run, so that as many threads or nodes can work on it, 1
 *     to {@value SegmentId#SLOTS}. Within a segment, all events come in the order of the store; with one segment, all of them
 * @param retries how often a handler that throws gets the same event again before it is parked, 0 or more
 * @param batchTime after how long a batch is committed, however many events are behind it; more than 0
 * @param start where a projection begins that was never run
 */
public record ProjectionOptions(int segments, int retries, Duration batchTime, Start start) {

    /** Where a projection begins. */
    public enum Start {
        /** With the first event of the store. */
        BEGINNING,
        /** Behind the last one. For handlers that do something to the outside world, and for process managers. */
        END
    }

    private static final ProjectionOptions DEFAULTS =
            new ProjectionOptions(1, 3, Duration.ofMillis(200), Start.BEGINNING);

    /** @throws IllegalArgumentException if a value is out of its range */
    public ProjectionOptions {
        if (segments < 1 || segments > SegmentId.SLOTS) {
            throw new IllegalArgumentException(
                    "A projection has 1 to " + SegmentId.SLOTS + " segments, not " + segments);
        }
        if (retries < 0) {
            throw new IllegalArgumentException("An event is tried again 0 times or more, not " + retries);
        }
        if (batchTime.isNegative() || batchTime.isZero()) {
            throw new IllegalArgumentException("A batch takes longer than 0, not " + batchTime);
        }
    }

    /** One segment, 3 retries, batches of 200 ms, from the beginning. */
    public static ProjectionOptions defaults() {
        return DEFAULTS;
    }

    public ProjectionOptions withSegments(int count) {
        return new ProjectionOptions(count, retries, batchTime, start);
    }

    public ProjectionOptions withRetries(int count) {
        return new ProjectionOptions(segments, count, batchTime, start);
    }

    public ProjectionOptions withBatchTime(Duration time) {
        return new ProjectionOptions(segments, retries, time, start);
    }

    public ProjectionOptions withStart(Start where) {
        return new ProjectionOptions(segments, retries, batchTime, where);
    }
}
