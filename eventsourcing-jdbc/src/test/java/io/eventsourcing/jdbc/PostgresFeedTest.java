package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What reading all events means on PostgreSQL, beyond what every store promises. */
class PostgresFeedTest {

    private final Databases.Coordinates database = Databases.newPostgres();

    private HikariDataSource pool;
    private JdbcTemplate jdbc;
    private TransactionTemplate transaction;
    private JdbcEventStore store;

    @BeforeEach
    void open() {
        pool = database.pool(5);
        jdbc = new JdbcTemplate(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        store = builder().open();
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private JdbcEventStoreBuilder builder() {
        return JdbcEventStore.builder(pool)
                .transactionManager(transaction.getTransactionManager())
                .initializeSchema(SchemaInitialization.ALWAYS);
    }

    private UUID append() {
        NewEvent event = TransactionContract.event();
        store.append(StreamName.of("Dog", UUID.randomUUID()), ExpectedPosition.any(), List.of(event));
        return event.id();
    }

    private List<UUID> all() {
        return all(store);
    }

    private static List<UUID> all(JdbcEventStore store) {
        return store.readAll(ReadOptions.forwards()).stream()
                .map(RecordedEvent::id)
                .toList();
    }

    private static <T> T elsewhere(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, task -> new Thread(task).start())
                .join();
    }

    private List<UUID> allElsewhere() {
        return elsewhere(this::all);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void transactionThatWritesOtherThingsDoesNotStallTheFeed(boolean sameDatabase) throws SQLException {
        Databases.Coordinates place = sameDatabase ? database : Databases.newPostgres();
        try (HikariDataSource foreign = place.pool(1);
                Connection connection = foreign.getConnection()) {
            connection.createStatement().execute("CREATE TABLE foreign_rows (id int)");
            connection.setAutoCommit(false);
            connection.createStatement().execute("INSERT INTO foreign_rows VALUES (1)");
            List<UUID> written = List.of(append(), append());
            assertThat(all()).isEqualTo(written);
            connection.rollback();
        }
    }

    @Test
    void anotherStoreInAnotherDatabaseDoesNotStallTheFeed() {
        try (HikariDataSource foreign = Databases.newPostgres().pool(2)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(foreign);
            JdbcEventStore other = JdbcEventStore.builder(foreign)
                    .transactionManager(manager)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            new TransactionTemplate(manager).executeWithoutResult(status -> {
                other.append(StreamName.of("Cat-1"), ExpectedPosition.any(), List.of(TransactionContract.event()));
                List<UUID> written = elsewhere(() -> List.of(append(), append()));
                assertThat(allElsewhere()).isEqualTo(written);
            });
        }
    }

    @Test
    void transactionSeesWhatItHasAppendedItself() {
        UUID before = append();
        transaction.executeWithoutResult(status -> {
            UUID own = append();
            assertThat(all()).containsExactly(before, own);
            assertThat(allElsewhere()).containsExactly(before);
            UUID another = append();
            assertThat(all()).containsExactly(before, own, another);
        });
    }

    @Test
    void openTransactionHoldsBackWhatLiesBehindItAndBlocksNobody() {
        UUID before = append();
        List<UUID> written = new ArrayList<>(List.of(before));
        transaction.executeWithoutResult(status -> {
            written.add(append());
            written.addAll(elsewhere(() -> List.of(append(), append())));
            assertThat(allElsewhere()).containsExactly(before);
        });
        assertThat(all()).isEqualTo(written);
    }

    @Test
    void appendBehindASavepointThatWasGivenUpIsAnnouncedAgain() {
        TransactionTemplate nested = new TransactionTemplate(transaction.getTransactionManager());
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        List<UUID> written = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            nested.executeWithoutResult(savepoint -> {
                append();
                savepoint.setRollbackOnly();
            });
            written.add(append());
            written.add(elsewhere(this::append));
            assertThat(allElsewhere()).isEmpty();
        });
        assertThat(all()).isEqualTo(written);
    }

    /** It belongs to no connection any more, and can still be committed. */
    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK"})
    void preparedTransactionHoldsBackWhatLiesBehindIt(String end) {
        List<UUID> written = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            written.add(append());
            jdbc.execute("PREPARE TRANSACTION 'two phases " + end + "'");
        });
        UUID behind = append();
        assertThat(all()).isEmpty();
        jdbc.execute(end + " PREPARED 'two phases " + end + "'");
        assertThat(all()).hasSize(end.equals("COMMIT") ? 2 : 1).endsWith(behind);
    }

    @ParameterizedTest
    @ValueSource(ints = {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE})
    void readOfASnapshotIsRefusedSinceItWouldSkipEvents(int isolation) {
        TransactionTemplate snapshot = new TransactionTemplate(transaction.getTransactionManager());
        snapshot.setIsolationLevel(isolation);
        UUID before = append();
        snapshot.executeWithoutResult(status -> {
            assertThatThrownBy(this::all)
                    .isExactlyInstanceOf(EventStoreException.class)
                    .hasMessageContaining("READ COMMITTED");
            assertThat(jdbc.queryForObject("SELECT count(*) FROM es_events", Long.class))
                    .as("the transaction stays usable")
                    .isEqualTo(1);
        });
        assertThat(all()).containsExactly(before);
    }

    @Test
    void roleThatMayNotSeeHowFarPositionsAreDrawnIsRefusedAndDoesNotReadNothing() {
        append();
        transaction.executeWithoutResult(status -> {
            jdbc.execute("CREATE ROLE reader_without_sequence");
            jdbc.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_without_sequence");
            jdbc.execute("SET LOCAL ROLE reader_without_sequence");
            assertThatThrownBy(this::all).isInstanceOf(EventStoreException.class);
            status.setRollbackOnly();
        });
    }

    @Test
    void otherQueriesOfTheTransactionKeepTheirPlans() {
        transaction.executeWithoutResult(status -> {
            jdbc.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            append();
            appendTagged();
            appendTagged();
            assertThat(all()).hasSize(3);
            assertThat(jdbc.queryForObject("SHOW plan_cache_mode", String.class))
                    .isEqualTo("force_custom_plan");
        });
    }

    private void appendTagged() {
        store.append(
                List.of(new StreamAppend(
                        StreamName.of("Dog-2"), ExpectedPosition.any(), List.of(TransactionContract.tagged("dog:2")))),
                List.of(AppendCondition.noMatch(EventQuery.tagged("dog:3"))));
    }

    /** As a pooler that hands on connections between transactions needs it. */
    @Test
    void nothingIsLeftBehindInTheSession() {
        try (HikariDataSource one = database.pool(1)) {
            JdbcTemplate session = new JdbcTemplate(one);
            JdbcTransactionManager manager = new JdbcTransactionManager(one);
            store = JdbcEventStore.builder(one).transactionManager(manager).open();
            append();
            store.append(StreamName.of("Dog-1"), ExpectedPosition.noStream(), List.of(TransactionContract.event()));
            store.append(StreamName.of("Dog-1"), ExpectedPosition.exactly(0), List.of(TransactionContract.event()));
            new TransactionTemplate(manager).executeWithoutResult(status -> append());
            assertThat(all()).hasSize(4);
            assertThat(session.queryForList(
                            "SELECT current_setting('eventsourcing.' || name, true) FROM unnest(ARRAY['appending', 'drawn',"
                                    + " 'decided']) AS name",
                            String.class))
                    .allMatch(value -> value == null || value.isEmpty());
            assertThat(session.queryForObject("SHOW plan_cache_mode", String.class))
                    .isEqualTo("auto");
            assertThat(session.queryForObject(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()",
                            Long.class))
                    .isZero();
        }
    }

    /** Its lock says that it will draw behind what the reader has noted, so it says nothing about what lies before. */
    @Test
    void appendThatBeginsWhileAReaderLooksHoldsNothingBack() {
        UUID before = append();
        JdbcEventStore slowReader = builder().vary(SlowSql::new).open();
        transaction.executeWithoutResult(gate -> {
            SlowSql.closeGate(jdbc);
            CompletableFuture<List<UUID>> read = CompletableFuture.supplyAsync(() -> all(slowReader));
            SlowSql.awaitReader(jdbc);
            elsewhere(this::append);
            append(); // in flight until this transaction ends
            SlowSql.openGate(jdbc);
            assertThat(read.join()).containsExactly(before);
        });
    }

    /** Lets a test do something while a reader is between its first two steps. */
    private static final class SlowSql extends VariedSql {

        private static final String GATE = "hashtext('gate')";

        SlowSql(Vendor.Sql right) {
            super(right);
        }

        @Override
        public List<String> beforeReadingAll() {
            List<String> steps = new ArrayList<>(super.beforeReadingAll());
            steps.add(1, "SELECT pg_advisory_xact_lock_shared(" + GATE + ")");
            return steps;
        }

        static void closeGate(JdbcTemplate jdbc) {
            jdbc.execute("SELECT pg_advisory_lock(" + GATE + ")");
        }

        static void openGate(JdbcTemplate jdbc) {
            jdbc.execute("SELECT pg_advisory_unlock(" + GATE + ")");
        }

        static void awaitReader(JdbcTemplate jdbc) {
            String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
            while (jdbc.queryForObject(waiting, Long.class) == 0) {
                Thread.onSpinWait();
            }
        }
    }
}
