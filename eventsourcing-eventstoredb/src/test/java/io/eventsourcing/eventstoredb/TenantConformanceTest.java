package io.eventsourcing.eventstoredb;

import io.eventsourcing.test.conformance.EventStoreFixture;

/** The published suites for the store of a tenant. */
class TenantConformanceTest extends EventStoreDbConformanceTest {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.ofTenant(super.newFixture());
    }
}
