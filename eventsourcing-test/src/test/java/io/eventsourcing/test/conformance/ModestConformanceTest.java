package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;

/** The suites for a store that can do nothing but what every store can. */
class ModestConformanceTest extends EventStoreConformance {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.of(new ModestStore(new MemoryEventStore()));
    }
}
