package io.eventsourcing.projection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The timeouts of process managers. They are changed together with checkpoints ({@link ProjectionStore#advance}). Whether one
 * is due is decided by the clock of the store. Thread-safe.
 */
public interface TimeoutStore {

    /**
     * How many timeouts there are.
     *
     * @param waiting that are to be carried out
     * @param failed that are kept until somebody retries them
     */
    record Count(long waiting, long failed) {

        /** No timeouts. */
        public static final Count NONE = new Count(0, 0);
    }

    /** Those of the streams of a segment that are due, in the order in which they became due, as many as are asked for. */
    List<Timeout> due(SegmentId segment, int limit);

    /** After what time the next one of a segment is due; 0 or less if one is. Empty if none waits. */
    Optional<Duration> untilNext(SegmentId segment);

    Count count(String projection);

    /** Those that are kept as failed, as many as are asked for. */
    List<Timeout> failed(String projection, int limit);

    /** Makes those due that are kept as failed, with all of their attempts before them. */
    void retry(String projection);
}
