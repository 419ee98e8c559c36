package io.eventsourcing.jdbc;

import io.eventsourcing.test.conformance.EventStoreFixture;
import org.junit.jupiter.api.Tag;

/** The published suites for the store of a tenant; those of tenants are in every run. */
@Tag("long")
class H2TenantConformanceTest extends H2MemoryConformanceTest {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.ofTenant(super.newFixture());
    }
}
