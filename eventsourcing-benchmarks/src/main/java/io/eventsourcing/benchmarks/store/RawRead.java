package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows by one query and plain JDBC. PostgreSQL hands them out by a cursor, else all of them would be in memory at once. */
final class RawRead {

    static final String OF_STREAM = """
            SELECT event_type, data, occurred_at FROM es_events
            WHERE stream_id = 1 AND stream_position >= ? ORDER BY stream_id, stream_position""";

    static final String OF_ALL = """
            SELECT commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata
            FROM es_events WHERE commit_position >= ? ORDER BY commit_position""";

    /** Fewer cost round trips, and more don't help. */
    private static final int FETCH_SIZE = 1_000;

    /** Looks at a row, and returns whether it counts. */
    @FunctionalInterface
    interface Row {
        boolean read(ResultSet row) throws SQLException;
    }

    private RawRead() {}

    static long count(HikariDataSource pool, String sql, Row row) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_SIZE);
            statement.setLong(1, 0);
            long count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count += row.read(rows) ? 1 : 0;
                }
            }
            connection.commit();
            return count;
        }
    }
}
