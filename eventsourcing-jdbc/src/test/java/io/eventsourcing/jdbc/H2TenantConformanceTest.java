package io.eventsourcing.jdbc;

import io.eventsourcing.test.conformance.EventStoreFixture;

/** The published suites for the store of a tenant. */
class H2TenantConformanceTest extends H2MemoryConformanceTest {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.ofTenant(super.newFixture());
    }
}
