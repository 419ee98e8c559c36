package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;

class MemoryConformanceTest extends EventStoreConformance {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.of(
                new MemoryEventStore(),
                Capability.MULTI_STREAM_APPEND,
                Capability.CONDITIONAL_APPEND,
                Capability.STREAM_DELETION,
                Capability.CATALOGUE,
                Capability.SNAPSHOTS,
                Capability.SEALS,
                Capability.SCHEMAS,
                Capability.TENANTS);
    }
}
