package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * Reads beside Axon, every payload decoded by both, no metadata by either. A stream becomes an aggregate on our side, and
 * only a stream of payloads on Axon's.
 */
final class AxonRead {

    private static final int STREAM = 10_000;
    private static final int ALL = 100_000;
    private static final long MILLIS = 2000;
    private static final int CONNECTIONS = 4;

    private static final EventShape ADDED = new EventShape(
            Events.TYPE,
            "TrainingSchool.add",
            TrainingSchool.class,
            TrainingSchool.class,
            List.of(
                    new EventShape.Parameter("name", String.class),
                    new EventShape.Parameter("amount", long.class),
                    new EventShape.Parameter("reason", String.class),
                    new EventShape.Parameter("ok", boolean.class),
                    new EventShape.Parameter("rate", double.class)),
            null);

    private AxonRead() {}

    /** @param batchSize how many events Axon fetches at a time */
    static Contest load(String name, Vendor vendor, int batchSize, Goal goal) {
        return Contest.of(
                name,
                "load an aggregate of 10,000 events, " + vendor.title(),
                "Axon's engine, batches of " + batchSize,
                goal,
                arena -> new Duel(loadOurs(arena, vendor), loadAxon(arena, vendor, batchSize)));
    }

    private static Subject loadOurs(Arena arena, Vendor vendor) throws Exception {
        EventSourcing eventSourcing = EventSourcing.of(arena.store(arena.database(vendor, CONNECTIONS)));
        int events = arena.events(STREAM);
        UUID id = TrainingSchool.write(eventSourcing, events, 1_000);
        return repeated(
                arena,
                events,
                () -> eventSourcing.repository().get(TrainingSchool.class, id).events());
    }

    private static Subject loadAxon(Arena arena, Vendor vendor, int batchSize) throws Exception {
        HikariDataSource pool = arena.database(vendor, CONNECTIONS);
        int events = arena.events(STREAM);
        String id = UUID.randomUUID().toString();
        AxonPeer.fill(AxonPeer.engineWithTables(vendor, pool), id, events);
        EventStorageEngine engine = AxonPeer.engine(pool, batchSize);
        return repeated(arena, events, () -> decoded(engine.readEvents(id, 0).asStream()));
    }

    static Contest all(String name, int batchSize, Goal goal) {
        return Contest.of(
                name,
                "read all of 100,000 events, decoded",
                "Axon's tracking stream, batches of " + batchSize,
                goal,
                arena -> new Duel(allOurs(arena), allAxon(arena, batchSize)));
    }

    private static Subject allOurs(Arena arena) throws Exception {
        int events = arena.events(ALL);
        EventStore store = Preload.streams(arena, arena.postgres(CONNECTIONS), events);
        EventMapper mapper = new JacksonEventMapper();
        return repeated(arena, events, () -> {
            long decoded = 0;
            for (RecordedEvent event : store.readAll(ReadOptions.forwards())) {
                decoded += mapper.decode(ADDED, event).length > 0 ? 1 : 0;
            }
            return decoded;
        });
    }

    private static Subject allAxon(Arena arena, int batchSize) throws Exception {
        HikariDataSource pool = arena.postgres(CONNECTIONS);
        EventStorageEngine writer = AxonPeer.engineWithTables(Vendor.POSTGRESQL, pool);
        int events = arena.events(ALL);
        for (int written = 0; written < events; written += Preload.PER_STREAM) {
            AxonPeer.fill(writer, UUID.randomUUID().toString(), Math.min(Preload.PER_STREAM, events - written));
        }
        EventStorageEngine engine = AxonPeer.engine(pool, batchSize);
        return repeated(arena, events, () -> decoded(engine.readEvents(null, false)));
    }

    private static long decoded(Stream<? extends EventMessage<?>> events) {
        return events.filter(event -> ((Added) event.getPayload()).ok()).count();
    }

    private static Subject repeated(Arena arena, int events, Reading.Read read) {
        return () -> Load.run(arena.millis(MILLIS), new Reading(events, read)).rate(events);
    }
}
