package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventSchemasSource;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.UnsupportedByStoreException;
import org.junit.jupiter.api.Test;

/** What a store can't do is refused by name. */
public interface RoleConformance extends ConformanceSuite {

    @Test
    default void roleThatTheStoreDoesNotPlayIsRefusedByName() {
        interface Levitation {}
        assertThatThrownBy(() -> store().require(Levitation.class))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining("Levitation")
                .hasMessageContaining(store().description());
    }

    @Test
    default void descriptionIsOneShortLine() {
        assertThat(store().description()).isNotBlank().hasLineCount(1).hasSizeLessThan(200);
        TestStream.of(store(), 1);
        assertThat(store().description()).isEqualTo(fixture().store().description());
    }

    @Test
    default void appendsToSeveralStreamsAreSupportedIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.MULTI_STREAM_APPEND);
        assertThat(store() instanceof MultiStreamAppender)
                .as("store is a MultiStreamAppender")
                .isEqualTo(declared);
        TestStream.of(store(), 1);
    }

    @Test
    default void conditionsAreSupportedIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.CONDITIONAL_APPEND);
        assertThat(store() instanceof ConditionalAppender)
                .as("store is a ConditionalAppender")
                .isEqualTo(declared);
        TestStream.of(store(), 1);
    }

    @Test
    default void streamsAreDeletedIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.STREAM_DELETION);
        assertThat(store() instanceof StreamDeleter)
                .as("store is a StreamDeleter")
                .isEqualTo(declared);
        TestStream.of(store(), 1);
    }

    @Test
    default void catalogueIsThereIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.CATALOGUE);
        assertThat(store() instanceof Catalogue).as("store is a Catalogue").isEqualTo(declared);
        TestStream.of(store(), 1);
    }

    @Test
    default void snapshotsAreKeptIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.SNAPSHOTS);
        assertThat(store() instanceof SnapshotSource)
                .as("store is a SnapshotSource")
                .isEqualTo(declared);
        TestStream.of(store(), 1);
    }

    @Test
    default void sealsAreKeptIfAndOnlyIfTheFixtureSaysSo() {
        TestStream.of(store(), 1);
        if (fixture().capabilities().contains(Capability.SEALS)) {
            assertThat(store().require(SealsSource.class).seals()).isNotNull();
            return;
        }
        assertThatThrownBy(() -> store().require(SealsSource.class).seals())
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(SealsSource.class.getSimpleName());
    }

    @Test
    default void tenantsAreKeptApartIfAndOnlyIfTheFixtureSaysSo() {
        TestStream.of(store(), 1);
        if (fixture().capabilities().contains(Capability.TENANTS)) {
            assertThat(store().require(Tenants.class).forTenant("a")).isNotSameAs(store());
            return;
        }
        assertThatThrownBy(() -> store().require(Tenants.class).forTenant("a"))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(Tenants.class.getSimpleName());
    }

    @Test
    default void schemasAreKeptIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.SCHEMAS);
        assertThat(store() instanceof EventSchemasSource)
                .as("store is an EventSchemasSource")
                .isEqualTo(declared);
        TestStream.of(store(), 1);
    }

    @Test
    default void transactionsAreJoinedIfAndOnlyIfTheFixtureSaysSo() {
        boolean declared = fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS);
        assertThat(store() instanceof TransactionAware)
                .as("store is TransactionAware")
                .isEqualTo(declared);
        TestStream.of(store(), 1);
    }
}
