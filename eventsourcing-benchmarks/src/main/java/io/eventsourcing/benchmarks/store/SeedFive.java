package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.store.EventStore;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * The benchmark of the fifth seed, py-event-sourcing 1.0.3: a million events without data in one stream, in transactions of
 * 10,000. The reference is what it publishes, and not what it does on this machine, which is about half of that. Its SQLite
 * doesn't sync at each commit; our databases do. Ours is all of the work: commands, JSON, and an aggregate at the end.
 */
final class SeedFive {

    private static final int EVENTS = 1_000_000;
    private static final int PER_SAVE = 10_000;
    private static final long RESTORE_MILLIS = 500;

    private static final Figures PUBLISHED = Figures.NONE
            .with(Figure.PER_SECOND, 106_320)
            .with(Figure.REBUILT_PER_SECOND, 375_274)
            .with(Figure.RESTORED, 700)
            .with(Figure.MEGABYTES, 148.13);

    private SeedFive() {}

    static Contest contest(String name, Vendor vendor) {
        return new Contest(
                name,
                "1,000,000 events in one stream, " + vendor.title(),
                "as published",
                List.of(
                        new Row(name + "-write", Figure.PER_SECOND, Goal.atLeast(2)),
                        new Row(name + "-rebuild", Figure.REBUILT_PER_SECOND, Goal.atLeast(2)),
                        new Row(name + "-restore", Figure.RESTORED, Goal.atMost(1)),
                        new Row(name + "-size", Figure.MEGABYTES, Goal.atMost(1))),
                arena -> new Duel(() -> run(arena, vendor), () -> PUBLISHED));
    }

    /** In a new database each time, as the seed does it. */
    private static Figures run(Arena arena, Vendor vendor) throws Exception {
        int events = arena.events(EVENTS);
        try (Arena fresh = arena.fresh()) {
            HikariDataSource pool = fresh.database(vendor, 2);
            EventStore store = fresh.store(pool);
            EventSourcing eventSourcing = EventSourcing.of(store);
            Increments[] written = new Increments[1];
            Sample write = Load.run(0, count -> written[0] = write(eventSourcing, events));
            UUID id = written[0].id();
            Reading rebuild = new Reading(
                    events,
                    () -> eventSourcing.repository().get(Increments.class, id).count());
            Sample rebuilt = Load.run(0, rebuild);
            Sample restored = Load.run(
                    arena.millis(RESTORE_MILLIS),
                    SnapshotRestore.restore(store, Increments.class, id, written[0].version()));
            return write.rate(events)
                    .with(Figure.REBUILT_PER_SECOND, rebuilt.rate(events).get(Figure.PER_SECOND))
                    .with(Figure.RESTORED, restored.rateAndLatencies().get(Figure.P50))
                    .with(Figure.MEGABYTES, bytes(fresh, vendor, pool) / 1e6 * EVENTS / events);
        }
    }

    private static Increments write(EventSourcing eventSourcing, int events) {
        Increments increments = new Increments();
        while (increments.count() < events) {
            increments.increment();
            if (increments.count() % PER_SAVE == 0) {
                eventSourcing.save(increments);
            }
        }
        eventSourcing.save(increments);
        return increments;
    }

    /** H2's file is as large as it is once the database is closed, which tidies it up for a fifth of a second. */
    private static double bytes(Arena arena, Vendor vendor, HikariDataSource pool) throws Exception {
        if (vendor == Vendor.POSTGRESQL) {
            return query(pool, "SELECT pg_total_relation_size('es_events') + pg_total_relation_size('es_streams')");
        }
        pool.close();
        return Files.size(arena.h2File());
    }

    private static long query(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
