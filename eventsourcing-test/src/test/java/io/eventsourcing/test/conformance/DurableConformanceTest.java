package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;

/** The suites for a store that is durable. All fixtures share one, so that no test relies on an empty store. */
class DurableConformanceTest extends EventStoreConformance {

    private static final MemoryEventStore STORE = new MemoryEventStore();

    @Override
    protected EventStoreFixture newFixture() {
        return Kit.fixture(STORE, STORE, Capability.MULTI_STREAM_APPEND, Capability.DURABLE);
    }
}
