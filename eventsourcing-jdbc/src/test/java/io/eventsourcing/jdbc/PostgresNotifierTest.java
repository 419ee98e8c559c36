package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** When PostgreSQL is told that there are new events, and by whom. */
class PostgresNotifierTest {

    private static final Databases.Coordinates DATABASE = Databases.newPostgres();
    private static final String THREAD = "eventsourcing-notifier";

    private final HikariDataSource pool = DATABASE.pool();
    private final JdbcTransactionManager manager = new JdbcTransactionManager();
    private final Set<String> notifyingThreads = Collections.synchronizedSet(new HashSet<>());

    @AfterEach
    void close() {
        pool.close();
    }

    /** A store whose statements are looked at. */
    private JdbcEventStore open(UnaryOperator<Vendor.Sql> variation) {
        manager.setDataSource(new ObservedStatements(pool, this::observed));
        return JdbcEventStore.builder(manager.getDataSource())
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .vary(variation)
                .open();
    }

    private String observed(String statement) {
        if (statement.toLowerCase(Locale.ROOT).contains("notify")) {
            notifyingThreads.add(Thread.currentThread().getName());
        }
        return statement;
    }

    private static void append(JdbcEventStore store, String kind) {
        store.append(
                StreamName.of(kind, UUID.randomUUID()), ExpectedPosition.any(), List.of(TransactionContract.event()));
    }

    /** In all the ways there are. */
    private void append(JdbcEventStore store) {
        append(store, "Alone");
        store.append(
                StreamName.of("Placed", UUID.randomUUID()),
                ExpectedPosition.noStream(),
                List.of(TransactionContract.event()));
        new TransactionTemplate(manager).executeWithoutResult(status -> append(store, "Joined"));
    }

    @Test
    void noAppendNotifiesInItsOwnTransaction() {
        try (JdbcEventStore store = open(UnaryOperator.identity())) {
            append(store);
        }
        assertThat(notifyingThreads).containsExactly(THREAD);
    }

    @Test
    void aNotificationWithinAnAppendWouldBeFound() {
        try (JdbcEventStore store = open(right -> new VariedSql(right) {
            @Override
            public Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
                jdbc.query("SELECT pg_notify(?, '')", row -> {}, PostgresNotifier.CHANNEL);
                return super.reserve(jdbc, wanted, waits);
            }
        })) {
            append(store);
        }
        assertThat(notifyingThreads).contains(Thread.currentThread().getName());
    }

    @Test
    void aThousandAppendsMakeFewNotifications() throws Exception {
        try (Connection listening = DATABASE.unpooled().getConnection();
                JdbcEventStore store = open(UnaryOperator.identity())) {
            PGConnection notifications = listening.unwrap(PGConnection.class);
            append(store, "First"); // it starts the thread
            listening.createStatement().execute(PostgresListener.LISTEN);
            long start = System.nanoTime();
            ExecutorService writers = Executors.newFixedThreadPool(32);
            for (int i = 0; i < 1_000; i++) {
                writers.execute(() -> append(store, "Dog"));
            }
            writers.shutdown();
            assertThat(writers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            store.close(); // what is due is sent
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            int received = 0;
            for (int more = 1; more > 0; received += more) {
                PGNotification[] arrived = notifications.getNotifications(received == 0 ? 10_000 : 300);
                more = arrived == null ? 0 : arrived.length;
            }
            assertThat(received).as("notifications in %d ms", millis).isBetween(1, (int) (millis / 10) + 3);
        }
    }

    /** It costs appends a little, so it isn't done for nobody. */
    @Test
    void nobodyIsToldWhereNobodyListens() throws Exception {
        try (Connection listening = DATABASE.unpooled().getConnection()) {
            listening.createStatement().execute("LISTEN " + PostgresNotifier.CHANNEL); // without saying so
            JdbcEventStore store = open(UnaryOperator.identity());
            append(store);
            store.close();
            assertThat(notifyingThreads).containsExactly(THREAD);
            assertThat(listening.unwrap(PGConnection.class).getNotifications(200))
                    .isNullOrEmpty();
        }
    }

    @Test
    void whatIsAppendedLastIsToldBeforeTheStoreIsClosed() throws Exception {
        try (Connection listening = DATABASE.unpooled().getConnection()) {
            listening.createStatement().execute(PostgresListener.LISTEN);
            PGConnection notifications = listening.unwrap(PGConnection.class);
            JdbcEventStore store = open(UnaryOperator.identity());
            append(store, "First");
            assertThat(notifications.getNotifications(10_000)).isNotEmpty();
            append(store, "Last");
            store.close();
            assertThat(notifications.getNotifications(10_000)).isNotEmpty();
        }
    }

    @Test
    void aRollbackTellsNobody() throws Exception {
        try (Connection listening = DATABASE.unpooled().getConnection();
                JdbcEventStore store = open(UnaryOperator.identity())) {
            listening.createStatement().execute(PostgresListener.LISTEN);
            new TransactionTemplate(manager).executeWithoutResult(status -> {
                append(store, "Joined");
                status.setRollbackOnly();
            });
            store.close();
            assertThat(listening.unwrap(PGConnection.class).getNotifications(200))
                    .isNullOrEmpty();
        }
        assertThat(notifyingThreads).isEmpty();
    }

    @Test
    void appendsDoNotMindThatNobodyCanBeTold() {
        DelegatingDataSource refusing = new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                if (Thread.currentThread().getName().equals(THREAD)) {
                    throw new SQLException("refused by the test");
                }
                return super.getConnection();
            }
        };
        open(UnaryOperator.identity()).close();
        try (JdbcEventStore store = JdbcEventStore.builder(refusing).open()) {
            for (int i = 0; i < 5; i++) {
                append(store, "Dog");
            }
        }
    }
}
