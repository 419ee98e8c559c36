package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** One long stream becomes an aggregate. */
final class Rebuild {

    private static final int EVENTS = 1_000_000;
    private static final int PER_SAVE = 10_000;
    private static final int CONNECTIONS = 4;

    /** The Jackson of our side; the first event has no arguments, and may read as an empty payload. */
    private static final ObjectReader ADDED = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build()
            .readerFor(Payload.class);

    /** What Jackson fills fastest: it collects the components of a record first. */
    static final class Payload {
        public String name = "";
        public long amount;
        public String reason = "";
        public boolean ok;
        public double rate;
    }

    private Rebuild() {}

    static Contest contest(String name, Vendor vendor, Goal goal) {
        return Contest.of(
                name,
                "load an aggregate of 1,000,000 events, " + vendor.title(),
                "SELECT of type, data and time, decoded by Jackson",
                goal,
                arena -> duel(arena, vendor));
    }

    private static Duel duel(Arena arena, Vendor vendor) throws Exception {
        HikariDataSource pool = arena.database(vendor, CONNECTIONS);
        EventSourcing eventSourcing = EventSourcing.of(arena.store(pool));
        int events = arena.events(EVENTS);
        UUID id = TrainingSchool.write(eventSourcing, events, PER_SAVE);
        return new Duel(
                read(
                        events,
                        () -> eventSourcing
                                .repository()
                                .get(TrainingSchool.class, id)
                                .events()),
                read(events, () -> RawRead.count(pool, RawRead.OF_STREAM, Rebuild::decode)));
    }

    private static Subject read(int events, Reading.Read read) {
        return () -> Load.run(0, new Reading(events, read)).rate(events);
    }

    private static boolean decode(ResultSet row) throws SQLException {
        Payload added = ADDED.readValue(row.getBytes(2));
        return !row.getString(1).isEmpty() && row.getObject(3, OffsetDateTime.class) != null && added.amount >= 0;
    }
}
