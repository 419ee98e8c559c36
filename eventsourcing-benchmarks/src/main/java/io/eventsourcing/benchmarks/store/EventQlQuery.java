package io.eventsourcing.benchmarks.store;

import io.eventsourcing.eventql.EventQl;
import io.eventsourcing.eventql.EventQlRows;
import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.EventStore;

/**
 * A question about few of 100,000 events, on PostgreSQL: what the database can look for it does, beside the same question
 * answered from all events.
 */
final class EventQlQuery {

    private static final int EVENTS = 100_000;
    private static final int CONNECTIONS = 4;

    private EventQlQuery() {}

    /** Of one stream in a thousand. */
    static Contest ofAStream(String name) {
        return contest(
                name,
                "EventQL about one stream, looked for by PostgreSQL",
                "e.subject == \"%s\"".formatted(Preload.name(0).value()));
    }

    /** Of what stands in the payload. */
    static Contest ofData(String name) {
        return contest(
                name,
                "EventQL about a text in the payload, looked for by PostgreSQL",
                "e.data.reason == \"no such reason\"");
    }

    private static Contest contest(String name, String ours, String condition) {
        return Contest.of(name, ours, "the same question, answered while all events are read", Goal.NONE, arena -> {
            EventStore store = Preload.streams(arena, arena.postgres(CONNECTIONS), arena.events(EVENTS));
            String query = "FROM e IN events WHERE " + condition + " PROJECT INTO e.id";
            AllReader unfiltered = store::readAll;
            long rows = count(unfiltered, query);
            return new Duel(read(store, query, rows, arena), read(unfiltered, query, rows, arena));
        });
    }

    /** By the events that there are, whether they were read or not. */
    private static Subject read(AllReader reader, String query, long rows, Arena arena) {
        return () -> Load.run(0, new Reading(rows, () -> count(reader, query))).rate(arena.events(EVENTS));
    }

    private static long count(AllReader reader, String query) {
        try (EventQlRows<?> rows = EventQl.over(reader).query(query)) {
            return rows.stream().count();
        }
    }
}
