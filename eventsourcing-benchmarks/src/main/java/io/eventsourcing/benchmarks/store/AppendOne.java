package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
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

    static Contest withoutLock(String name, int threads, Goal goal) {
        return Contest.of(
                name,
                "append, " + threads(threads),
                "plain insert without order",
                goal,
                arena -> new Duel(ours(arena, threads), reference(arena, threads, RawInsert::insert)));
    }

    static Contest withLock(String name, int threads, Goal goal, Goal tail) {
        return Contest.of(
                        name,
                        "append, " + threads(threads),
                        "insert under an exclusive advisory lock",
                        goal,
                        arena -> new Duel(ours(arena, threads), reference(arena, threads, RawInsert::insertLocked)))
                .and(new Row(name + "-p99", Figure.P99, tail));
    }

    private static String threads(int threads) {
        return "threads: " + threads;
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

    /** How a row is written. */
    @FunctionalInterface
    private interface Insert {
        void insert(RawInsert raw, long stream, long position, NewEvent event) throws Exception;
    }

    private static Subject reference(Arena arena, int threads, Insert insert) throws Exception {
        HikariDataSource pool = arena.postgres(connections(threads));
        arena.store(pool);
        return () -> Load.run(threads, arena.millis(MILLIS), thread -> new Inserts(new RawInsert(pool), insert))
                .rateAndLatencies();
    }

    private static final class Inserts implements Load.Operation {
        private final RawInsert raw;
        private final Insert insert;
        private final long stream = RAW_STREAMS.incrementAndGet();
        private final SplittableRandom random = Randoms.one();

        Inserts(RawInsert raw, Insert insert) {
            this.raw = raw;
            this.insert = insert;
        }

        @Override
        public void run(long count) throws Exception {
            insert.insert(raw, stream, count, Events.event(random));
        }

        @Override
        public void close() throws Exception {
            raw.close();
        }
    }
}
