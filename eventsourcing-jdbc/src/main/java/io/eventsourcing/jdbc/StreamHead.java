package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The end of a stream, as the holder of its lock sees it. */
record StreamHead(StreamKey stream, long streamId, StreamEnd end) {

    /** What {@link #of} reads, in its order; without MAX of positions, for which H2 looks at all of them. */
    static final String SELECT = """
            SELECT s.tenant, s.name, s.stream_id,
                   COALESCE((SELECT e.stream_position FROM es_events e WHERE e.stream_id = s.stream_id
                             ORDER BY e.stream_id DESC, e.stream_position DESC LIMIT 1), -1),
                   COALESCE((SELECT MAX(d.first_readable) FROM es_deletions d WHERE d.stream_id = s.stream_id), 0)
            FROM es_streams s""";

    private static final long NO_ID = 0;

    static StreamHead missing(StreamKey stream) {
        return withoutEvents(stream, NO_ID);
    }

    static StreamHead withoutEvents(StreamKey stream, long streamId) {
        return new StreamHead(stream, streamId, StreamEnd.at(StreamPosition.NONE));
    }

    static StreamHead of(ResultSet row) throws SQLException {
        return new StreamHead(
                new StreamKey(row.getString(1), StreamName.of(row.getString(2))),
                row.getLong(3),
                new StreamEnd(StreamPosition.of(row.getLong(4)), row.getLong(5)));
    }
}
