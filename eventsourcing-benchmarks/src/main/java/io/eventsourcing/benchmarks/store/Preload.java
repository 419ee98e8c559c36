package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** Fills a PostgreSQL database with streams that have grown side by side, as fast as it goes. */
final class Preload {

    static final int PER_STREAM = 100;

    private static final String STREAMS = """
            INSERT INTO es_streams (stream_id, name) OVERRIDING SYSTEM VALUE
            SELECT n, name FROM unnest(?::varchar[]) WITH ORDINALITY AS s (name, n)""";

    private Preload() {}

    /** A store with so many events. */
    static EventStore streams(Arena arena, HikariDataSource pool, int events) throws Exception {
        EventStore store = arena.store(pool);
        int streams = count(events);
        try (RawCopy copy = new RawCopy(pool)) {
            SplittableRandom random = Randoms.one();
            for (int i = 0; i < events; i++) {
                copy.write(i + 1L, i % streams + 1L, i / streams, Events.event(random));
            }
        }
        register(pool, streams, events);
        return store;
    }

    /** How many streams there are. */
    static int count(int events) {
        return Math.max(1, events / PER_STREAM);
    }

    static StreamName name(int stream) {
        return StreamName.of("TrainingSchool", new UUID(0, stream));
    }

    private static void register(HikariDataSource pool, int streams, int events) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(STREAMS);
                Statement statement = connection.createStatement()) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "varchar",
                            IntStream.range(0, streams)
                                    .mapToObj(stream -> name(stream).value())
                                    .toArray()));
            insert.executeUpdate();
            statement.execute("SELECT setval(pg_get_serial_sequence('es_streams', 'stream_id'), " + streams + ")");
            statement.execute("SELECT setval('es_commit_positions', " + events + ")");
            // else the server does it in some round or other
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }
}
