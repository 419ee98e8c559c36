package io.eventsourcing.memory;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;

/** The module named {@code memory}. It reads no settings, and each store that it opens is empty. */
public final class MemoryPersistenceModule implements PersistenceModule {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public EventStore open(Settings settings) {
        return new MemoryEventStore();
    }
}
