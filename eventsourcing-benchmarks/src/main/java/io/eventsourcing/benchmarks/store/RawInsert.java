package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.NewEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;

/** One row by plain JDBC, committed. While it is open, nothing stands between it and the driver. */
final class RawInsert implements AutoCloseable {

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            VALUES (nextval('es_commit_positions'), ?, ?, ?, ?, ?, ?, ?)""";

    private final Connection connection;
    private final PreparedStatement insert;

    RawInsert(HikariDataSource pool) throws SQLException {
        connection = pool.getConnection();
        insert = connection.prepareStatement(INSERT);
    }

    void insert(long stream, long position, NewEvent event) throws SQLException {
        bind(insert, stream, position, event);
        insert.executeUpdate();
    }

    /** Sets the first seven parameters of an insert. */
    static void bind(PreparedStatement insert, long stream, long position, NewEvent event) throws SQLException {
        insert.setLong(1, stream);
        insert.setLong(2, position);
        insert.setObject(3, event.id());
        insert.setObject(4, event.timestamp().atOffset(ZoneOffset.UTC));
        insert.setString(5, event.type());
        insert.setBytes(6, event.data());
        insert.setBytes(7, event.metadata());
    }

    /** As somebody does it who has seen that positions must not become visible out of order. */
    void insertLocked(long stream, long position, NewEvent event) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(42)")) {
            lock.execute();
        }
        insert(stream, position, event);
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
