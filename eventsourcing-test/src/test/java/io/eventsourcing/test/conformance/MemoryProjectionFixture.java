package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.store.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** Everything in memory, and transactions as a database has them. */
final class MemoryProjectionFixture implements ProjectionStoreFixture {

    private final EventStore events;
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final ProjectionStore store = new TransactionalMemory(new MemoryProjectionStore(), written);
    private final BiFunction<ProjectionStore, Duration, ProjectionStore> view;

    MemoryProjectionFixture() {
        this((store, clockError) -> store, new MemoryEventStore());
    }

    /** @param view what a node sees instead of the store */
    MemoryProjectionFixture(BiFunction<ProjectionStore, Duration, ProjectionStore> view, EventStore events) {
        this.events = events;
        this.view = view;
    }

    @Override
    public EventStore events() {
        return events;
    }

    @Override
    public ProjectionStore node(Duration clockError) {
        return view.apply(store, clockError);
    }

    @Override
    public void write(String effect) {
        TransactionalMemory.write(effect, written);
    }

    @Override
    public List<String> written() {
        return List.copyOf(written);
    }

    @Override
    public void close() {
        events.close();
    }
}
