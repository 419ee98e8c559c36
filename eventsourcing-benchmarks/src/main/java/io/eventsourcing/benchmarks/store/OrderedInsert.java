package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row by plain JDBC that keeps the promises of a store: behind the stream's last event, whatever others do, and in an
 * order that readers can rely on. What it locks and looks at is what the store locks and looks at.
 */
final class OrderedInsert {

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            SELECT nextval('es_commit_positions'), ?, ?, ?, ?, ?, ?, ?
            WHERE pg_advisory_xact_lock_shared(42, coalesce(pg_sequence_last_value('es_commit_positions'), 0)::int) IS NOT NULL
                AND pg_try_advisory_xact_lock(43, ?)
                AND (SELECT e.event_id FROM es_events e WHERE e.stream_id = ?
                     ORDER BY e.stream_position DESC LIMIT 1) IS NOT DISTINCT FROM ?
            RETURNING commit_position""";

    private @Nullable UUID last;

    void insert(HikariDataSource pool, long stream, long position, NewEvent event) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            RawInsert.bind(insert, stream, position, event);
            insert.setInt(8, (int) stream);
            insert.setLong(9, stream);
            insert.setObject(10, last, Types.OTHER);
            requireRow(insert);
        }
        last = event.id();
    }

    private static void requireRow(PreparedStatement insert) throws SQLException {
        try (ResultSet row = insert.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("The stream has moved on, though nobody else writes to it");
            }
        }
    }
}
