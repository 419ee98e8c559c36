package io.eventsourcing.jdbc;

import io.eventsourcing.store.RecordedEvent;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event as the table has it, whose stream has a number and no name yet. */
record EventRow(
        long streamId,
        long streamPosition,
        long commitPosition,
        UUID id,
        String type,
        byte[] data,
        byte[] metadata,
        Instant timestamp,
        Set<String> tags) {

    /** What {@link #of} reads, in its order. */
    static final String COLUMNS = "SELECT e.stream_id, e.stream_position, e.commit_position, e.event_id, e.event_type,"
            + " e.data, e.metadata, e.occurred_at, e.tags FROM ";

    static final String SELECT = COLUMNS + "es_events e WHERE ";

    static EventRow of(ResultSet row) throws SQLException {
        return new EventRow(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getBytes(6),
                row.getBytes(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                tags(row.getArray(9)));
    }

    private static Set<String> tags(@Nullable Array array) throws SQLException {
        if (array == null) {
            return Set.of();
        }
        return Stream.of((Object[]) array.getArray()).map(Object::toString).collect(Collectors.toUnmodifiableSet());
    }

    RecordedEvent named(StreamKey stream) {
        return new RecordedEvent(
                stream.name(),
                streamPosition,
                commitPosition,
                id,
                type,
                data,
                metadata,
                timestamp,
                tags,
                stream.tenant());
    }
}
