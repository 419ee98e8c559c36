package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** All events, page by page by the reader that loses none, beside one cursor that can't be resumed. */
final class ReadAll {

    private static final int EVENTS = 1_000_000;
    private static final int CONNECTIONS = 4;

    private ReadAll() {}

    static Contest contest(String name, Goal goal) {
        return Contest.of(
                name, "read all of 1,000,000 events by page", "one cursor over the same rows", goal, ReadAll::duel);
    }

    private static Duel duel(Arena arena) throws Exception {
        HikariDataSource pool = arena.postgres(CONNECTIONS);
        int events = arena.events(EVENTS);
        EventStore store = Preload.streams(arena, pool, events);
        return new Duel(
                read(events, () -> count(store)),
                read(events, () -> RawRead.count(pool, RawRead.OF_ALL, ReadAll::row)));
    }

    private static Subject read(int events, Reading.Read read) {
        return () -> Load.run(0, new Reading(events, read)).rate(events);
    }

    private static long count(EventStore store) {
        long count = 0;
        for (RecordedEvent event : store.readAll(ReadOptions.forwards())) {
            count += event.data().length > 0 ? 1 : 0;
        }
        return count;
    }

    /** As an event would be made of it; the name of its stream isn't even looked up. */
    private static boolean row(ResultSet row) throws SQLException {
        return row.getLong(1) > 0
                & row.getLong(2) > 0
                & row.getLong(3) >= 0
                & row.getObject(4, UUID.class) != null
                & row.getObject(5, OffsetDateTime.class).toInstant().getNano() >= 0
                & !row.getString(6).isEmpty()
                & row.getBytes(7).length > 0
                & row.getBytes(8).length > 0;
    }
}
