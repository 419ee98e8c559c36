package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.Aggregate;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.EventStore;
import java.util.List;
import java.util.UUID;

/** An aggregate of one long stream is loaded from its snapshot, with a look at whether more has happened. */
final class SnapshotRestore {

    private static final int EVENTS = 1_000_000;
    private static final int PER_SAVE = 10_000;
    private static final long MILLIS = 1000;
    private static final Figures GOAL = Figures.NONE.with(Figure.P50, 1_000);

    private SnapshotRestore() {}

    static Contest contest(String name, Vendor vendor, Goal goal) {
        return new Contest(
                name,
                "load an aggregate of 1,000,000 events from a snapshot, " + vendor.title(),
                "1 ms",
                List.of(new Row(name, Figure.P50, goal)),
                arena -> duel(arena, vendor));
    }

    private static Duel duel(Arena arena, Vendor vendor) throws Exception {
        HikariDataSource pool = arena.database(vendor, 2);
        EventStore store = arena.store(pool);
        UUID id = TrainingSchool.write(EventSourcing.of(store), arena.events(EVENTS), PER_SAVE);
        Load.Operation restore = restore(store, TrainingSchool.class, id, arena.events(EVENTS));
        return new Duel(() -> Load.run(arena.millis(MILLIS), restore).rateAndLatencies(), () -> GOAL);
    }

    /** Takes a snapshot, and loads from it; fails if all of the events were read. */
    static Load.Operation restore(EventStore store, Class<? extends Aggregate> type, UUID id, long version) {
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.never()))
                .build();
        eventSourcing.repository().takeSnapshot(type, id);
        return count -> {
            Aggregate loaded = eventSourcing.repository().get(type, id);
            long used = eventSourcing.snapshotStatistics().used();
            if (loaded.version() < version || used <= count) {
                throw new IllegalStateException(loaded + " wasn't made from its snapshot");
            }
        };
    }
}
