package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What an append does in a transaction of the caller's. One subclass for each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransactionContract {

    private HikariDataSource pool;
    private JdbcTemplate jdbc;
    private TransactionTemplate transaction;
    private JdbcEventStore store;

    abstract Databases.Coordinates database();

    @BeforeAll
    void open() {
        pool = database().pool();
        jdbc = new JdbcTemplate(pool);
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        transaction = new TransactionTemplate(manager);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        jdbc.execute("CREATE TABLE business (name VARCHAR(200) PRIMARY KEY)");
    }

    @AfterAll
    void close() {
        store.close();
        pool.close();
    }

    static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "Dog.TrickAdded", new byte[] {1}, new byte[0], Instant.now());
    }

    static NewEvent tagged(String... tags) {
        NewEvent event = event();
        return new NewEvent(event.id(), event.type(), event.data(), event.metadata(), event.timestamp(), Set.of(tags));
    }

    private static StreamName newStream() {
        return StreamName.of("Dog", UUID.randomUUID());
    }

    private long rows(StreamName stream) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM business WHERE name = ?", Long.class, stream.value());
    }

    @Test
    void eventsAndBusinessRowsAreCommittedTogether() {
        StreamName stream = newStream();
        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO business VALUES (?)", stream.value());
            store.append(stream, ExpectedPosition.noStream(), List.of(event(), event()));
            assertThat(store.isInTransaction()).isTrue();
        });
        assertThat(store.isInTransaction()).isFalse();
        assertThat(rows(stream)).isEqualTo(1);
        assertThat(store.position(stream)).isEqualTo(StreamPosition.of(1));
    }

    @Test
    void eventsAndBusinessRowsAreRolledBackTogether() {
        StreamName stream = newStream();
        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO business VALUES (?)", stream.value());
            store.append(stream, ExpectedPosition.noStream(), List.of(event()));
            assertThat(store.position(stream))
                    .as("its own writes are seen inside")
                    .isEqualTo(StreamPosition.of(0));
            status.setRollbackOnly();
        });
        assertThat(rows(stream)).isZero();
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
        store.append(stream, ExpectedPosition.noStream(), List.of(event()));
        assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
    }

    @Test
    void aConflictLeavesTheTransactionUsable() {
        StreamName stream = newStream();
        store.append(stream, ExpectedPosition.noStream(), List.of(event()));
        transaction.executeWithoutResult(status -> {
            assertThatThrownBy(() -> store.append(stream, ExpectedPosition.noStream(), List.of(event())))
                    .isInstanceOf(VersionConflictException.class);
            jdbc.update("INSERT INTO business VALUES (?)", stream.value());
            store.append(stream, ExpectedPosition.exactly(0), List.of(event()));
        });
        assertThat(rows(stream)).isEqualTo(1);
        assertThat(store.position(stream)).isEqualTo(StreamPosition.of(1));
    }

    @Test
    void aConflictInOneStreamWritesNothingInTheOthers() {
        StreamName good = newStream();
        StreamName bad = newStream();
        transaction.executeWithoutResult(status -> assertThatThrownBy(() -> store.append(List.of(
                        new StreamAppend(good, ExpectedPosition.noStream(), List.of(event())),
                        new StreamAppend(bad, ExpectedPosition.exactly(3), List.of(event())))))
                .isInstanceOf(VersionConflictException.class));
        assertThat(store.position(good)).isEqualTo(StreamPosition.NONE);
    }

    @Test
    void severalAppendsOfOneTransactionGoOnFromEachOther() {
        StreamName stream = newStream();
        transaction.executeWithoutResult(status -> {
            store.append(stream, ExpectedPosition.noStream(), List.of(event()));
            store.append(stream, ExpectedPosition.exactly(0), List.of(event(), event()));
            store.append(newStream(), ExpectedPosition.any(), List.of(event()));
            store.append(stream, ExpectedPosition.exactly(2), List.of(event()));
        });
        assertThat(store.read(stream, ReadOptions.forwards()).toList())
                .extracting(event -> event.streamPosition())
                .containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void aSnapshotOlderThanTheWinnerStillEndsInAConflict() throws Exception {
        StreamName stream = newStream();
        store.append(stream, ExpectedPosition.noStream(), List.of(event()));
        TransactionTemplate repeatable = new TransactionTemplate(transaction.getTransactionManager());
        repeatable.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        assertThatThrownBy(() -> repeatable.executeWithoutResult(status -> {
                    assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
                    inAnotherThread(() -> store.append(stream, ExpectedPosition.exactly(0), List.of(event())));
                    store.append(stream, ExpectedPosition.exactly(0), List.of(event()));
                }))
                .isInstanceOf(VersionConflictException.class);
        assertThat(store.position(stream)).isEqualTo(StreamPosition.of(1));
    }

    @Test
    void aTransactionOfAnotherDataSourceIsNotJoined() {
        StreamName good = newStream();
        StreamName bad = newStream();
        try (HikariDataSource other = Databases.newH2InMemory().pool()) {
            TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(other));
            foreign.executeWithoutResult(status -> {
                rows(good); // binds a connection that commits by itself to the foreign transaction
                assertThat(store.isInTransaction()).isFalse();
                assertThatThrownBy(() -> store.append(List.of(
                                new StreamAppend(good, ExpectedPosition.any(), List.of(event())),
                                new StreamAppend(bad, ExpectedPosition.exactly(3), List.of(event())))))
                        .isInstanceOf(VersionConflictException.class);
                store.append(bad, ExpectedPosition.any(), List.of(event(), event()));
                status.setRollbackOnly();
            });
        }
        assertThat(store.position(good)).as("all or nothing").isEqualTo(StreamPosition.NONE);
        assertThat(store.position(bad)).as("in a transaction of its own").isEqualTo(StreamPosition.of(1));
    }

    @Test
    void connectionsThatDoNotCommitByThemselvesAreNotTakenForATransaction() {
        StreamName stream = newStream();
        try (HikariDataSource other = Databases.newH2InMemory().pool();
                HikariDataSource manual = manual()) {
            JdbcEventStore manualStore = JdbcEventStore.builder(manual)
                    .initializeSchema(SchemaInitialization.NEVER)
                    .open();
            new TransactionTemplate(new JdbcTransactionManager(other)).executeWithoutResult(status -> {
                assertThat(manualStore.position(stream)).isEqualTo(StreamPosition.NONE);
                assertThat(manualStore.isInTransaction()).isFalse();
                manualStore.append(stream, ExpectedPosition.noStream(), List.of(event()));
            });
            manualStore.append(stream, ExpectedPosition.exactly(0), List.of(event()));
        }
        assertThat(store.position(stream)).isEqualTo(StreamPosition.of(1));
    }

    /** A pool whose connections leave committing to the program. */
    private HikariDataSource manual() {
        HikariConfig config = new HikariConfig();
        pool.copyStateTo(config);
        config.setPoolName("manual");
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private static void inAnotherThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
