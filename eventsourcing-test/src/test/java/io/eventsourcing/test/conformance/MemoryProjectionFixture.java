package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.store.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Everything in memory, and transactions as a database has them. */
final class MemoryProjectionFixture implements ProjectionStoreFixture {

    private final EventStore events;
    private final TransactionalMemory store = new TransactionalMemory(new MemoryProjectionStore());
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
        store.tables().write(effect);
    }

    @Override
    public void erase(String beginning) {
        store.tables().erase(beginning);
    }

    @Override
    public String table() {
        return MemoryTables.NAME;
    }

    @Override
    public List<String> written() {
        return store.tables().rows();
    }

    @Override
    public void close() {
        events.close();
    }
}
