package school.docs;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.Capability;
import io.eventsourcing.test.conformance.EventStoreConformance;
import io.eventsourcing.test.conformance.EventStoreFixture;

// tag::conformance[]
class OwnStoreConformanceTest extends EventStoreConformance {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.of(
                newStore(),
                Capability.MULTI_STREAM_APPEND,
                Capability.CONDITIONAL_APPEND,
                Capability.STREAM_DELETION,
                Capability.CATALOGUE,
                Capability.SNAPSHOTS,
                Capability.SEALS,
                Capability.SCHEMAS,
                Capability.TENANTS);
    }
    // end::conformance[]

    private static EventStore newStore() {
        return new MemoryEventStore();
    }
}
