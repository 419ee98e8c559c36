package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventStore;

/** What each of the suites works with. */
public interface ConformanceSuite {

    /** The fixture of the test that is running. */
    EventStoreFixture fixture();

    /** The store of the test that is running. */
    default EventStore store() {
        return fixture().store();
    }
}
