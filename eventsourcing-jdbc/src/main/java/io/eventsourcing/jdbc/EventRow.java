package io.eventsourcing.jdbc;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** An event as the table has it, whose stream has a number and no name yet. */
record EventRow(
        long streamId,
        long streamPosition,
        long commitPosition,
        UUID id,
        String type,
        byte[] data,
        byte[] metadata,
        Instant timestamp) {

    /** What {@link #of} reads, in its order. */
    static final String COLUMNS =
            "e.stream_position, e.commit_position, e.event_id, e.event_type, e.data, e.metadata, e.occurred_at";

    static EventRow of(ResultSet row, long streamId) throws SQLException {
        return new EventRow(
                streamId,
                row.getLong(1),
                row.getLong(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getBytes(5),
                row.getBytes(6),
                row.getObject(7, OffsetDateTime.class).toInstant());
    }

    RecordedEvent named(StreamName stream) {
        return new RecordedEvent(stream, streamPosition, commitPosition, id, type, data, metadata, timestamp);
    }
}
