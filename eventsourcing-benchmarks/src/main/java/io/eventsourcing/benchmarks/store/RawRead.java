package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbc.JdbcConnection;
import org.postgresql.PGStatement;

/**
 * Rows by one query and plain JDBC, at its best: a cursor on PostgreSQL, and no buffer on H2, since all of the rows would be
 * in memory, or in a file, before the first is seen.
 */
final class RawRead {

    static final String OF_STREAM = """
            SELECT event_type, data, occurred_at FROM es_events
            WHERE stream_id = 1 AND stream_position >= ? ORDER BY stream_id, stream_position""";

    static final String OF_ALL = """
            SELECT commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata
            FROM es_events WHERE commit_position >= ? ORDER BY commit_position""";

    /** As large as our pages. */
    private static final int FETCH_SIZE = 4_096;

    /** Else the driver asks for bytes as hexadecimal text until it has seen a statement five times: we read many pages. */
    private static final int BINARY_AT_ONCE = -1;

    /** Looks at a row, and returns whether it counts. */
    @FunctionalInterface
    interface Row {
        boolean read(ResultSet row) throws SQLException;
    }

    private RawRead() {}

    static long count(HikariDataSource pool, String sql, Row row) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            buffer(connection, false);
            connection.setAutoCommit(false);
            long count = count(connection, sql, row);
            connection.commit();
            buffer(connection, true);
            return count;
        }
    }

    private static long count(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            tune(statement);
            statement.setLong(1, 0);
            long count = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    count += row.read(rows) ? 1 : 0;
                }
            }
            return count;
        }
    }

    private static void tune(PreparedStatement statement) throws SQLException {
        if (statement.isWrapperFor(PGStatement.class)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
        }
    }

    /** A setting of the connection, which goes back to the pool. */
    private static void buffer(Connection connection, boolean buffers) throws SQLException {
        if (connection.isWrapperFor(JdbcConnection.class)) {
            try (Statement setting = connection.createStatement()) {
                setting.execute("SET LAZY_QUERY_EXECUTION " + (buffers ? 0 : 1));
            }
        }
    }
}
