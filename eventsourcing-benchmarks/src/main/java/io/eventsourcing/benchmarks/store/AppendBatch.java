package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Many events by one thread, on PostgreSQL: each append, and each COPY, is a transaction, and has a stream of its own. The
 * events are made before time is taken.
 */
final class AppendBatch {

    private static final int EVENTS = 200_000;

    private AppendBatch() {}

    /** The same transactions on both sides. */
    static Contest ofEqualBatches(String name, int perAppend, Goal goal) {
        return Contest.of(
                name, "append " + perAppend + " events", "COPY of " + perAppend + " rows and commit", goal, arena -> {
                    int batch = Math.min(perAppend, arena.events(EVENTS));
                    return new Duel(ours(arena, batch), reference(arena, batch));
                });
    }

    /** Against one COPY of everything, which acknowledges nothing before its end. */
    static Contest againstOneCopy(String name, int perAppend, Goal goal) {
        return Contest.of(name, "append " + perAppend + " events", "a single COPY of all rows", goal, arena -> {
            int all = arena.events(EVENTS);
            return new Duel(ours(arena, Math.min(perAppend, all)), reference(arena, all));
        });
    }

    private static Subject ours(Arena arena, int perAppend) throws Exception {
        EventStore store = arena.store(arena.postgres(2));
        List<List<NewEvent>> batches = batches(arena.events(EVENTS), perAppend);
        return () -> Load.run(0, count -> append(store, batches)).rate(arena.events(EVENTS));
    }

    private static void append(EventStore store, List<List<NewEvent>> batches) {
        for (List<NewEvent> batch : batches) {
            store.append(StreamName.of("TrainingSchool", UUID.randomUUID()), ExpectedPosition.noStream(), batch);
        }
    }

    private static Subject reference(Arena arena, int perCopy) throws Exception {
        HikariDataSource pool = arena.postgres(2);
        arena.store(pool);
        Copies copies = new Copies(pool, batches(arena.events(EVENTS), perCopy));
        return () -> Load.run(0, copies).rate(arena.events(EVENTS));
    }

    private static List<List<NewEvent>> batches(int events, int size) {
        List<NewEvent> all = Events.events(events, Randoms.one());
        List<List<NewEvent>> batches = new ArrayList<>();
        for (int start = 0; start < events; start += size) {
            batches.add(all.subList(start, Math.min(events, start + size)));
        }
        return batches;
    }

    private static final class Copies implements Load.Operation {
        private final HikariDataSource pool;
        private final List<List<NewEvent>> batches;
        private long stream;
        private long commitPosition;

        Copies(HikariDataSource pool, List<List<NewEvent>> batches) {
            this.pool = pool;
            this.batches = batches;
        }

        @Override
        public void run(long count) throws Exception {
            for (List<NewEvent> batch : batches) {
                stream++;
                try (RawCopy copy = new RawCopy(pool)) {
                    for (int i = 0; i < batch.size(); i++) {
                        copy.write(++commitPosition, stream, i, batch.get(i));
                    }
                }
            }
        }
    }
}
