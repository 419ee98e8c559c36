package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventStore;
import java.util.Set;

/** A store and what it is expected to do. */
record SingleStoreFixture(EventStore store, Set<Capability> capabilities) implements EventStoreFixture {

    @Override
    public void close() {
        store.close();
    }
}
