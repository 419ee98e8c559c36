package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.TransactionAware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.Events;

/** Each mistake is found by the test that was made for it, which a right store passes. */
class PlantedFaultTest {

    @ParameterizedTest
    @EnumSource
    void mistakeIsFound(Fault fault) {
        assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithConditionsIsFound(ReadFault fault) {
        impatiently(() -> assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithFiltersOfSubscriptionsIsFound(FollowerFault fault) {
        impatiently(() -> assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(ReadFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(FollowerFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithSubscriptionsIsFound(SubscriptionFault fault) {
        impatiently(() -> assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive());
    }

    /** What never comes needn't be waited for. */
    private static void impatiently(Runnable test) {
        System.setProperty(Patience.PROPERTY, "2");
        try {
            test.run();
        } finally {
            System.clearProperty(Patience.PROPERTY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(Fault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(SubscriptionFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatWasAcknowledgedIsThereAfterReopening",
                "positionsContinueAfterReopening",
                "appendIsRecognisedAfterReopening",
                "twoStoresOverTheSameDataSeeEachOther",
                "writersOfTwoStoresLoseNothing",
                "followersSeeEveryEventOnceAndInOneOrder",
                "acknowledgedAppendIsInTheNextReadOfAnotherStore"
            })
    void storeThatIsEmptyAfterReopeningIsFound(String test) {
        Events tests =
                Kit.run(() -> Kit.fixture(new MemoryEventStore(), new MemoryEventStore(), Capability.DURABLE), test);
        tests.assertStatistics(statistics -> statistics.started(1).failed(1));
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithConditionsIsFound(ConditionFault fault) {
        assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(ConditionFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithDeletionIsFound(DeletionFault fault) {
        assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(DeletionFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithSnapshotsIsFound(SnapshotFault fault) {
        assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithSealsIsFound(IntegrityFault fault) {
        impatiently(() -> assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithTenantsIsFound(TenantFault fault) {
        impatiently(() -> assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive());
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(SnapshotFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(IntegrityFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(TenantFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeWithSchemasIsFound(SchemasFault fault) {
        assertThat(failures(fault.newStore(), fault.test()))
                .as("failures of " + fault.test())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(SchemasFault fault) {
        assertThat(failures(new MemoryEventStore(), fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    @Test
    void storeThatForgetsItsSchemasIsFound() {
        Events tests = Kit.run(
                () -> Kit.fixture(
                        new MemoryEventStore(), new MemoryEventStore(), Capability.DURABLE, Capability.SCHEMAS),
                "schemasOutliveTheStore");
        tests.assertStatistics(statistics -> statistics.started(1).failed(1));
    }

    @Test
    void storeThatRunsWhatIsForAfterACommitAtOnceIsFound() {
        Events tests = Kit.run(
                () -> Kit.fixture(new Hasty(), new Hasty(), Capability.JOINS_TRANSACTIONS),
                "actionRunsAfterACommitAlone");
        tests.assertStatistics(statistics -> statistics.started(2).failed(2));
    }

    private static final class Hasty extends ModestStore implements TransactionAware {

        Hasty() {
            super(new MemoryEventStore());
        }

        @Override
        public boolean isInTransaction() {
            return true;
        }

        @Override
        public void afterCommit(Runnable action) {
            action.run();
        }
    }

    @Test
    void storeThatForgetsItsSealsIsFound() {
        Events tests = Kit.run(
                () -> Kit.fixture(new MemoryEventStore(), new MemoryEventStore(), Capability.DURABLE, Capability.SEALS),
                "sealsOutliveTheStore");
        tests.assertStatistics(statistics -> statistics.started(1).failed(1));
    }

    /** What it has appended in a transaction is sealed, and then rolled back. */
    @Test
    void storeThatDoesNotKnowOfTransactionsIsFound() {
        Events tests = Kit.run(
                () -> Kit.fixture(
                        new MemoryEventStore(),
                        new MemoryEventStore(),
                        Capability.JOINS_TRANSACTIONS,
                        Capability.SEALS),
                "nothingIsSealedInATransaction");
        tests.assertStatistics(statistics -> statistics.started(1).failed(1));
    }

    @Test
    void storeThatCanDoMoreThanItsFixtureSaysIsFound() {
        Events tests = Kit.run(
                () -> EventStoreFixture.of(new MemoryEventStore()),
                "appendsToSeveralStreamsAreSupportedIfAndOnlyIfTheFixtureSaysSo");
        tests.assertStatistics(statistics -> statistics.started(1).failed(1));
    }

    private static long failures(EventStore store, String test) {
        Events tests = Kit.run(
                () -> EventStoreFixture.of(
                        store,
                        Capability.MULTI_STREAM_APPEND,
                        Capability.CONDITIONAL_APPEND,
                        Capability.STREAM_DELETION,
                        Capability.CATALOGUE,
                        Capability.SNAPSHOTS,
                        Capability.SEALS,
                        Capability.SCHEMAS,
                        Capability.TENANTS),
                test);
        assertThat(tests.started().count()).as("tests named " + test).isPositive();
        return tests.failed().count();
    }
}
