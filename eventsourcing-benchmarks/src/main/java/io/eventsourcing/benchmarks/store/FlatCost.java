package io.eventsourcing.benchmarks.store;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether anything becomes slower as the store grows, on PostgreSQL: the same operations on few and on many events. They go
 * to streams and to positions at random, so that the larger store can't live on its newest pages.
 */
final class FlatCost {

    private static final int FEW = 100_000;
    private static final int MANY = 5_000_000;
    private static final long MILLIS = 2000;
    private static final int PAGE = 100;

    private final EventStore store;
    private final int events;
    private final int[] positions;
    private final SplittableRandom random = Randoms.one();

    private FlatCost(EventStore store, int events) {
        this.store = store;
        this.events = events;
        this.positions = new int[Preload.count(events)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (events - i - 1) / positions.length;
        }
    }

    static Contest appends(String name, Goal goal) {
        return contest(name, "append to a stream among 5,000,000 events", goal, FlatCost::append);
    }

    static Contest pages(String name, Goal goal) {
        return contest(name, "a page of %d among 5,000,000 events".formatted(PAGE), goal, FlatCost::page);
    }

    /** What is done to a store. */
    @FunctionalInterface
    private interface Step {
        void run(FlatCost self);
    }

    private static Contest contest(String name, String what, Goal goal, Step step) {
        return new Contest(
                name,
                what,
                "among 100,000",
                List.of(new Row(name, Figure.MEAN, goal)),
                arena -> new Duel(subject(arena, MANY, step), subject(arena, FEW, step)));
    }

    private static Subject subject(Arena arena, int full, Step step) throws Exception {
        int events = arena.events(full);
        FlatCost cost = new FlatCost(Preload.streams(arena, arena.postgres(2), events), events);
        return () -> Load.run(arena.millis(MILLIS), count -> step.run(cost)).rateAndLatencies();
    }

    private void append() {
        int stream = random.nextInt(positions.length);
        store.append(
                Preload.name(stream), ExpectedPosition.exactly(positions[stream]++), List.of(Events.event(random)));
    }

    private void page() {
        int found = 0;
        int start = 1 + random.nextInt(Math.max(1, events - PAGE));
        for (RecordedEvent event :
                store.readAll(ReadOptions.forwards().from(start).limit(PAGE))) {
            found += event.data().length > 0 ? 1 : 0;
        }
        if (found != Math.min(PAGE, events)) {
            throw new IllegalStateException("A page of " + PAGE + " has " + found + " events");
        }
    }
}
