package io.eventsourcing.benchmarks.store;

import io.eventsourcing.EventSourcing;
import java.util.SplittableRandom;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * Appends beside Axon, on PostgreSQL, JSON written by both. Ours are commands on an aggregate and its save; Axon's are
 * messages that are handed to its storage engine. Each thread has an aggregate of its own.
 *
 * @param events in each transaction
 * @param tuning what the driver is told for Axon's sake
 */
record AxonAppend(int threads, int events, String tuning) {

    private static final long MILLIS = 2000;

    static Contest one(String name, int threads, Goal goal) {
        return new AxonAppend(threads, 1, "").contest(name, "Axon's engine", goal);
    }

    static Contest batch(String name, int events, Goal goal) {
        return new AxonAppend(1, events, "").contest(name, "Axon's engine", goal);
    }

    /** Axon sends its rows as a JDBC batch, which the driver can make one statement of. */
    static Contest tunedBatch(String name, int events, Goal goal) {
        return new AxonAppend(1, events, "?reWriteBatchedInserts=true")
                .contest(name, "Axon's engine, reWriteBatchedInserts", goal);
    }

    private Contest contest(String name, String reference, Goal goal) {
        String what = (events == 1 ? "save 1 event" : "save " + events + " events") + ", threads: " + threads;
        return Contest.of(name, what, reference, goal, arena -> new Duel(ours(arena), axon(arena)));
    }

    private Subject ours(Arena arena) throws Exception {
        EventSourcing eventSourcing = EventSourcing.of(arena.store(arena.postgres(threads + 1)));
        return () -> figures(Load.run(threads, arena.millis(MILLIS), thread -> saves(eventSourcing)));
    }

    private Load.Operation saves(EventSourcing eventSourcing) {
        SplittableRandom random = Randoms.one();
        TrainingSchool school = new TrainingSchool();
        school.save(eventSourcing);
        return count -> {
            for (int i = 0; i < events; i++) {
                school.add(Added.random(random));
            }
            school.save(eventSourcing);
        };
    }

    private Subject axon(Arena arena) throws Exception {
        EventStorageEngine engine = AxonPeer.engineWithTables(Vendor.POSTGRESQL, arena.postgres(threads + 1, tuning));
        return () -> figures(Load.run(threads, arena.millis(MILLIS), thread -> appends(engine)));
    }

    private Load.Operation appends(EventStorageEngine engine) {
        SplittableRandom random = Randoms.one();
        String aggregate = UUID.randomUUID().toString();
        return count -> engine.appendEvents(AxonPeer.events(aggregate, count * events, events, random));
    }

    private Figures figures(Sample sample) {
        return events == 1 ? sample.rateAndLatencies() : sample.rate(events);
    }
}
