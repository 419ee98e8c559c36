package io.eventsourcing.eventstoredb;

import io.eventsourcing.test.conformance.EventStoreConformance;
import io.eventsourcing.test.conformance.EventStoreFixture;

/** The published suites on a server that appends to several streams, or on the real one. */
class EventStoreDbConformanceTest extends EventStoreConformance implements EventStoreDbDifferences {

    @Override
    protected EventStoreFixture newFixture() {
        return new EventStoreDbFixture(TestedServer.start());
    }
}
