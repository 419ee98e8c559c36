package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.snapshot.ProjectionSnapshots;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.snapshot.SnapshotStatistics;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Aggregates and projections of a database, made from snapshots in it. */
class AggregateSnapshotsTest {

    @AggregateName("Kennel")
    static class Kennel extends Aggregate {
        private int places;

        @Event("Opened")
        Kennel() {}

        @Event("Extended")
        void extend(int by) {
            places += by;
        }
    }

    record Places(int count, long events) {}

    private HikariDataSource pool;
    private TransactionTemplate transaction;
    private JdbcEventStore store;
    private EventSourcing eventSourcing;

    private void open(Vendor vendor, int connections) {
        Databases.Coordinates database = vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres();
        pool = database.pool(connections);
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        transaction = new TransactionTemplate(manager);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        eventSourcing = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(5)).keeping(2))
                .build();
    }

    @AfterEach
    void close() {
        eventSourcing.close();
        pool.close();
    }

    private Kennel saved(int extensions) {
        Kennel kennel = new Kennel();
        for (int i = 0; i < extensions; i++) {
            kennel.extend(1);
            eventSourcing.save(kennel);
        }
        eventSourcing.awaitSnapshots();
        return kennel;
    }

    private int places(UUID id) {
        return eventSourcing.repository().get(Kennel.class, id).places;
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void anAggregateIsRestoredFromItsSnapshot(Vendor vendor) {
        open(vendor, 4);
        Kennel kennel = saved(22);
        assertThat(places(kennel.id())).isEqualTo(22);
        assertThat(eventSourcing.repository().get(Kennel.class, kennel.id(), 18).places)
                .isEqualTo(17);
        assertThat(eventSourcing.snapshotStatistics()).isEqualTo(new SnapshotStatistics(2, 0, 4, 0));
        assertThat(new JdbcTemplate(pool).queryForList("SELECT position FROM es_snapshots", Long.class))
                .containsExactlyInAnyOrder(14L, 19L);
        store.delete(StreamName.of("Kennel", kennel.id()), ExpectedPosition.any());
        assertThat(eventSourcing.repository().find(Kennel.class, kennel.id())).isEmpty();
    }

    /** With one connection, which the transaction still holds when it is told that it is committed. */
    @ParameterizedTest
    @EnumSource(Vendor.class)
    void theSnapshotOfATransactionIsStoredIfItIsCommitted(Vendor vendor) {
        open(vendor, 1);
        UUID committed = transaction.execute(status -> saved(6).id());
        UUID rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return saved(6).id();
        });
        eventSourcing.awaitSnapshots();
        assertThat(new JdbcTemplate(pool).queryForList("SELECT name FROM es_snapshots", String.class))
                .containsOnly("Kennel-" + committed)
                .doesNotContain("Kennel-" + rolledBack);
        assertThat(places(committed)).isEqualTo(6);
    }

    /** As if the events had been restored from a backup, and the snapshots hadn't. */
    @ParameterizedTest
    @EnumSource(Vendor.class)
    void snapshotsThatAreAheadOfTheEventsAreIgnored(Vendor vendor) {
        open(vendor, 4);
        Kennel kennel = saved(10);
        new JdbcTemplate(pool).update("DELETE FROM es_events WHERE stream_position > 7");
        assertThat(places(kennel.id())).isEqualTo(7);
        assertThat(eventSourcing.snapshotStatistics().ignored()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aProjectionGoesOnBehindItsSnapshot(Vendor vendor) {
        open(vendor, 4);
        saved(5);
        ProjectionSnapshots<Places> snapshots = eventSourcing.projectionSnapshots("places", Places.class);
        List<RecordedEvent> all = store.readAll(ReadOptions.forwards()).toList();
        snapshots.save(new Places(4, 5), all.get(4), 2);
        snapshots.save(new Places(1, 2), all.get(1), 2);
        ProjectionSnapshots.Saved<Places> latest = snapshots.latest().orElseThrow();
        assertThat(latest.state()).isEqualTo(new Places(4, 5));
        assertThat(store.readAll(ReadOptions.forwards().lower(Bound.exclusive(latest.position())))
                        .toList())
                .containsExactly(all.get(5));
    }
}
