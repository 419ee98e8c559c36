package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The end of a stream, as the holder of its lock sees it. */
record StreamHead(StreamName name, long streamId, StreamEnd end) {

    /** What {@link #of} reads, in its order; without MAX of positions, for which H2 looks at all of them. */
    static final String SELECT = """
            SELECT s.name, s.stream_id,
                   COALESCE((SELECT e.stream_position FROM es_events e WHERE e.stream_id = s.stream_id
                             ORDER BY e.stream_id DESC, e.stream_position DESC LIMIT 1), -1),
                   COALESCE((SELECT MAX(d.first_readable) FROM es_deletions d WHERE d.stream_id = s.stream_id), 0)
            FROM es_streams s WHERE s.tenant = '' AND s.name""";

    private static final long NO_ID = 0;

    static StreamHead missing(StreamName name) {
        return withoutEvents(name, NO_ID);
    }

    static StreamHead withoutEvents(StreamName name, long streamId) {
        return new StreamHead(name, streamId, StreamEnd.at(StreamPosition.NONE));
    }

    static StreamHead of(ResultSet row) throws SQLException {
        return new StreamHead(
                StreamName.of(row.getString(1)),
                row.getLong(2),
                new StreamEnd(StreamPosition.of(row.getLong(3)), row.getLong(4)));
    }
}
