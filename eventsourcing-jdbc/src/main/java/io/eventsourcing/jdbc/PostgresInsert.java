package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/** Writes events at reserved positions. */
final class PostgresInsert {

    /** From here on {@code COPY} is faster, though it needs two round trips, and no statement grows without bound. */
    static final int ROWS_WORTH_A_COPY = 500;

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::varchar[],
                                 ?::bytea[], ?::bytea[])""";

    /** Arrays of arrays have to be of one length each, so the tags of an event come as text. */
    private static final String INSERT_TAGGED = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata, tags)
            SELECT r.c, r.s, r.p, r.id, r.at, r.type, r.data, r.metadata, nullif(r.tags, '{}')::text[]
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::varchar[],
                        ?::bytea[], ?::bytea[], ?::text[]) AS r (c, s, p, id, at, type, data, metadata, tags)""";

    private PostgresInsert() {}

    static void insert(JdbcOperations jdbc, List<NewRow> rows) {
        if (rows.size() < ROWS_WORTH_A_COPY) {
            boolean tagged = rows.stream().anyMatch(row -> !row.event().tags().isEmpty());
            jdbc.execute(
                    tagged ? INSERT_TAGGED : INSERT, (PreparedStatement statement) -> insert(statement, rows, tagged));
        } else {
            jdbc.execute((Connection connection) -> {
                PostgresCopy.insert(connection, rows);
                return rows;
            });
        }
    }

    private static int insert(PreparedStatement statement, List<NewRow> rows, boolean tagged) throws SQLException {
        Columns columns = new Columns(statement);
        columns.addLongs(rows.stream().map(NewRow::commitPosition));
        columns.addLongs(rows.stream().map(NewRow::streamId));
        columns.addLongs(rows.stream().map(NewRow::streamPosition));
        List<NewEvent> events = rows.stream().map(NewRow::event).toList();
        columns.addEvents(events);
        if (tagged) {
            columns.addArrays(events.stream().map(NewEvent::tags));
        }
        return statement.executeUpdate();
    }
}
