package io.eventsourcing.test.conformance;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * All of the suites. A backend has one subclass, which says how to make a fixture; a store that passes keeps the promises
 * of {@link io.eventsourcing.store.EventStore}. No test is ever skipped: where a store lacks a {@link Capability}, the
 * tests of it expect a refusal.
 */
public abstract class EventStoreConformance
        implements RoleConformance,
                AppendConformance,
                IdempotencyConformance,
                StreamReadConformance,
                AllReadConformance,
                FilteredReadConformance,
                SequenceConformance,
                MultiStreamConformance,
                TagsConformance,
                ConditionConformance,
                ConditionRaceConformance,
                DeletionConformance,
                TombstoneConformance,
                DeletionRaceConformance,
                CatalogueConformance,
                SnapshotConformance,
                AfterCommitConformance,
                IntegrityConformance,
                TenantConformance,
                TenantRoleConformance,
                TenantSnapshotConformance,
                TenantLoadConformance,
                SchemasConformance,
                PayloadConformance,
                NamesConformance,
                ConcurrencyConformance,
                FeedConformance,
                TransactionalFeedConformance,
                SubscriptionConformance,
                SubscriptionLifeConformance,
                FilteredSubscriptionConformance,
                ObservationConformance,
                DurabilityConformance {

    private @Nullable EventStoreFixture fixture;

    /** The fixture for one test, which closes it. Two tests may get the same data. */
    protected abstract EventStoreFixture newFixture();

    @Override
    public final EventStoreFixture fixture() {
        if (fixture == null) {
            throw new IllegalStateException("There is a fixture while a test runs");
        }
        return fixture;
    }

    @BeforeEach
    void openFixture() {
        fixture = newFixture();
    }

    @AfterEach
    void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
