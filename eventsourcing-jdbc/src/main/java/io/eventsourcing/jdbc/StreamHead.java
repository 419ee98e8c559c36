package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;

/** The end of a stream, as the holder of its lock sees it. */
record StreamHead(StreamName name, long streamId, StreamPosition position) {

    private static final long NO_ID = 0;

    static StreamHead missing(StreamName name) {
        return new StreamHead(name, NO_ID, StreamPosition.NONE);
    }
}
