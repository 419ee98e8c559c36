package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events of projections that were parked. They are added and removed together with checkpoints ({@link
 * ProjectionStore#advance}), so that only the node that owns a segment changes them. Thread-safe.
 */
public interface DeadLetters {

    /** What to do with the first event of a parked stream; those behind it are handled in any case. */
    enum Request {
        /** Handle it again. */
        RETRY,
        /** Leave it out. */
        SKIP
    }

    /** The streams of which events are parked. */
    Set<StreamName> streams(String projection);

    /** The events of one stream that are parked, in their order, as many of the first as are asked for. */
    List<DeadLetter> ofStream(String projection, StreamName stream, int limit);

    /** The first of the events that are parked, by commit position, as many as are asked for. */
    List<DeadLetter> first(String projection, int limit);

    /** How many events are parked. */
    long count(String projection);

    /**
     * Leaves a request with the first parked event of a stream, for the node that owns its segment, and the request to retry
     * with those behind it. A later one replaces it.
     *
     * @return false if no event of the stream is parked
     */
    boolean request(String projection, StreamName stream, Request request);

    /** The requests that were left with the first parked event of a stream, and not carried out yet. */
    Map<StreamName, Request> requests(String projection);
}
