package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** One event for each commit, to a stream of each thread's own. */
final class AppendOne {

    private AppendOne() {}

    static final class Ours implements Contest.Subject {
        private static final AtomicLong RUNS = new AtomicLong();
        private final JdbcEventStore store;
        private final int threads;
        private final long millis;

        Ours(HikariDataSource pool, int threads, long millis) {
            this.store = JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            this.threads = threads;
            this.millis = millis;
        }

        @Override
        public Sample run() throws Exception {
            long run = RUNS.incrementAndGet();
            SplittableRandom[] randoms = Randoms.of(threads);
            return Load.run(
                    threads,
                    millis,
                    (thread, count) -> store.append(
                            StreamName.of("Counter-" + run + "-" + thread),
                            count == 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(count - 1),
                            List.of(Events.event(randoms[thread]))));
        }
    }

    /** The same row by the same columns, with nothing around it, or with a lock that makes positions safe. */
    static final class Plain implements Contest.Subject {
        private static final AtomicLong STREAMS = new AtomicLong(1_000_000);
        private final HikariDataSource pool;
        private final int threads;
        private final long millis;
        private final boolean locked;

        Plain(HikariDataSource pool, int threads, long millis, boolean locked) throws Exception {
            this.pool = pool;
            this.threads = threads;
            this.millis = millis;
            this.locked = locked;
            JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
        }

        @Override
        public Sample run() throws Exception {
            long first = STREAMS.getAndAdd(threads);
            SplittableRandom[] randoms = Randoms.of(threads);
            return Load.run(threads, millis, (thread, count) -> {
                try (Connection connection = pool.getConnection()) {
                    insert(connection, first + thread, count, Events.event(randoms[thread]));
                }
            });
        }

        private void insert(Connection connection, long stream, long position, NewEvent event) throws Exception {
            if (locked) {
                connection.setAutoCommit(false);
                try (Statement lock = connection.createStatement()) {
                    lock.execute("SELECT pg_advisory_xact_lock(42)");
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO es_events (commit_position, stream_id, stream_position, event_id, occurred_at,"
                            + " event_type, data, metadata) VALUES (nextval('es_commit_positions'), ?, ?, ?, ?, ?, ?, ?)")) {
                statement.setLong(1, stream);
                statement.setLong(2, position);
                statement.setObject(3, event.id());
                statement.setObject(4, event.timestamp().atOffset(ZoneOffset.UTC));
                statement.setString(5, event.type());
                statement.setBytes(6, event.data());
                statement.setBytes(7, event.metadata());
                statement.executeUpdate();
            }
            if (locked) {
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
    }
}
