package io.eventsourcing.test.conformance;

/** The suites for the store of a tenant. */
class MemoryTenantConformanceTest extends MemoryConformanceTest {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.ofTenant(super.newFixture());
    }
}
