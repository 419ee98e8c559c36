package io.eventsourcing.benchmarks.store;

import io.eventsourcing.EventSourcing;
import java.util.SplittableRandom;
import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/**
 * Appends beside Axon, on PostgreSQL, JSON written by both. Ours are commands on an aggregate and its save; Axon's are
 * messages that are handed to its storage engine. Each thread has an aggregate of its own.
 */
final class AxonAppend {

    private static final long MILLIS = 2000;

    private AxonAppend() {}

    static Contest one(String name, int threads, Goal goal) {
        return contest(name, "save 1 event, %d threads".formatted(threads), threads, 1, goal);
    }

    static Contest batch(String name, int events, Goal goal) {
        return contest(name, "save %d events, 1 thread".formatted(events), 1, events, goal);
    }

    private static Contest contest(String name, String what, int threads, int events, Goal goal) {
        return Contest.of(
                name,
                what,
                "Axon's engine",
                goal,
                arena -> new Duel(ours(arena, threads, events), axon(arena, threads, events)));
    }

    private static Subject ours(Arena arena, int threads, int events) throws Exception {
        EventSourcing eventSourcing = EventSourcing.of(arena.store(arena.postgres(threads + 1)));
        return () -> figures(Load.run(threads, arena.millis(MILLIS), thread -> saves(eventSourcing, events)), events);
    }

    private static Load.Operation saves(EventSourcing eventSourcing, int events) {
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

    private static Subject axon(Arena arena, int threads, int events) throws Exception {
        EventStorageEngine engine = AxonPeer.engineWithTables(Vendor.POSTGRESQL, arena.postgres(threads + 1));
        return () -> figures(Load.run(threads, arena.millis(MILLIS), thread -> appends(engine, events)), events);
    }

    private static Load.Operation appends(EventStorageEngine engine, int events) {
        SplittableRandom random = Randoms.one();
        String aggregate = UUID.randomUUID().toString();
        return count -> engine.appendEvents(AxonPeer.events(aggregate, count * events, events, random));
    }

    private static Figures figures(Sample sample, int events) {
        return events == 1 ? sample.rateAndLatencies() : sample.rate(events);
    }
}
