package io.eventsourcing.eventstoredb;

import io.eventsourcing.test.conformance.AppendConformance;
import io.eventsourcing.test.conformance.DeletionConformance;
import io.eventsourcing.test.conformance.DurabilityConformance;
import io.eventsourcing.test.conformance.EventStoreFixture;
import io.eventsourcing.test.conformance.FeedConformance;
import io.eventsourcing.test.conformance.IdempotencyConformance;
import io.eventsourcing.test.conformance.IntegrityConformance;
import io.eventsourcing.test.conformance.PayloadConformance;
import io.eventsourcing.test.conformance.TombstoneConformance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The suites of what is else before version 25.1: no appends to several streams, and at most 1 MiB at once. */
class OlderServerConformanceTest
        implements EventStoreDbDifferences,
                AppendConformance,
                IdempotencyConformance,
                PayloadConformance,
                FeedConformance,
                DeletionConformance,
                TombstoneConformance,
                IntegrityConformance,
                DurabilityConformance {

    private EventStoreDbFixture fixture;

    @BeforeEach
    void open() {
        fixture = new EventStoreDbFixture(TestedServer.startOlder());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    public EventStoreFixture fixture() {
        return fixture;
    }
}
