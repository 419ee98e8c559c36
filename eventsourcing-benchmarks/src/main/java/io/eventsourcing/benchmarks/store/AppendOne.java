package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One event for each commit, to a stream of each thread's own, on PostgreSQL. */
final class AppendOne {

    private static final long MILLIS = 2000;

    /** Behind all streams that stores make, for rows that have no stream. */
    private static final AtomicLong RAW_STREAMS = new AtomicLong(1_000_000);

    private AppendOne() {}

    /** What the store itself costs one caller: against plain JDBC that makes the same promises. */
    static Contest ordered(String name, Goal goal) {
        return contest(name, 1, "insert with the same order and the same look at the stream's end", goal, Ordered::new);
    }

    static Contest withoutLock(String name, int threads, Goal goal) {
        return contest(name, threads, "plain insert without order, by a statement kept open", goal, Kept::new);
    }

    static Contest withLock(String name, int threads, Goal goal, Goal tail) {
        return contest(name, threads, "insert under an exclusive advisory lock", goal, Locked::new)
                .and(new Row(name + "-p99", Figure.P99, tail));
    }

    private static Contest contest(String name, int threads, String reference, Goal goal, Preparation preparation) {
        return Contest.of(
                name,
                "append, threads: " + threads,
                reference,
                goal,
                arena -> new Duel(ours(arena, threads), reference(arena, threads, preparation)));
    }

    /** A store takes a second one while it is opened. */
    private static int connections(int threads) {
        return Math.max(2, threads);
    }

    private static Subject ours(Arena arena, int threads) throws Exception {
        EventStore store = arena.store(arena.postgres(connections(threads)));
        return () -> Load.run(threads, arena.millis(MILLIS), thread -> appends(store))
                .rateAndLatencies();
    }

    /** The next event of a stream of its own, each time. */
    static Load.Operation appends(EventStore store) {
        StreamName stream = StreamName.of("TrainingSchool", UUID.randomUUID());
        SplittableRandom random = Randoms.one();
        return count -> store.append(
                stream,
                count == 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(count - 1),
                List.of(Events.event(random)));
    }

    /** Makes what one thread writes rows with. */
    @FunctionalInterface
    private interface Preparation {
        Inserts prepare(HikariDataSource pool) throws SQLException;
    }

    private static Subject reference(Arena arena, int threads, Preparation preparation) throws Exception {
        HikariDataSource pool = arena.postgres(connections(threads));
        arena.store(pool);
        return () -> Load.run(threads, arena.millis(MILLIS), thread -> preparation.prepare(pool))
                .rateAndLatencies();
    }

    /** The next row of a stream of its own, each time. */
    private abstract static class Inserts implements Load.Operation {
        private final long stream = RAW_STREAMS.incrementAndGet();
        private final SplittableRandom random = Randoms.one();

        @Override
        public void run(long count) throws Exception {
            insert(stream, count, Events.event(random));
        }

        abstract void insert(long stream, long position, NewEvent event) throws SQLException;
    }

    private static final class Ordered extends Inserts {
        private final OrderedInsert ordered = new OrderedInsert();
        private final HikariDataSource pool;

        Ordered(HikariDataSource pool) {
            this.pool = pool;
        }

        @Override
        void insert(long stream, long position, NewEvent event) throws SQLException {
            ordered.insert(pool, stream, position, event);
        }
    }

    private static class Kept extends Inserts {
        final RawInsert raw;

        Kept(HikariDataSource pool) throws SQLException {
            this.raw = new RawInsert(pool);
        }

        @Override
        void insert(long stream, long position, NewEvent event) throws SQLException {
            raw.insert(stream, position, event);
        }

        @Override
        public void close() throws SQLException {
            raw.close();
        }
    }

    private static final class Locked extends Kept {

        Locked(HikariDataSource pool) throws SQLException {
            super(pool);
        }

        @Override
        void insert(long stream, long position, NewEvent event) throws SQLException {
            raw.insertLocked(stream, position, event);
        }
    }
}
