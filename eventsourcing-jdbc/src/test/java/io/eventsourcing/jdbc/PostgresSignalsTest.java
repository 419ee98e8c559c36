package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two processes on one PostgreSQL, as two stores with pools of their own. The second one does no polling. */
class PostgresSignalsTest {

    private static final Databases.Coordinates DATABASE = Databases.newPostgres();
    private static final Duration NEVER = Duration.ofDays(1);

    private final HikariDataSource pool = DATABASE.pool();
    private final HikariDataSource otherPool = DATABASE.pool(2);
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final List<RecordedEvent> seen = Collections.synchronizedList(new ArrayList<>());
    private JdbcEventStore store;
    private JdbcEventStore other;

    @BeforeEach
    void open() {
        store = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        other = JdbcEventStore.builder(otherPool)
                .listenOn(DATABASE.unpooled())
                .pollInterval(NEVER)
                .open();
    }

    @AfterEach
    void close() {
        other.close();
        store.close();
        otherPool.close();
        pool.close();
    }

    private long append() {
        return store.append(
                        StreamName.of("Dog", UUID.randomUUID()),
                        ExpectedPosition.noStream(),
                        List.of(TransactionContract.event()))
                .commitPosition();
    }

    /** A subscription of the other process that has begun to listen. */
    private Subscription follow() {
        Subscription subscription = other.subscribe(SubscribeOptions.after(append()), seen::add);
        append();
        assertSeen(1);
        assertThat(awaits(() -> listeners() == 1)).isTrue();
        return subscription;
    }

    private void assertSeen(int count) {
        assertThat(awaits(() -> seen.size() >= count))
                .as("%d events that are seen", count)
                .isTrue();
    }

    static boolean awaits(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return condition.getAsBoolean();
    }

    private static final String LISTENERS =
            " FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%LISTEN eventsourcing%'"
                    + " AND pid <> pg_backend_pid()";

    private int listeners() {
        return listeners(pool);
    }

    /** How many connections of this database listen. */
    static int listeners(DataSource pool) {
        Integer count = new JdbcTemplate(pool).queryForObject("SELECT count(*)" + LISTENERS, Integer.class);
        return count == null ? 0 : count;
    }

    @Test
    void anotherProcessIsToldOfAppends() {
        follow();
        for (int i = 0; i < 20; i++) {
            append();
            assertSeen(2 + i);
        }
    }

    @Test
    void anotherProcessIsToldOfWhatATransactionHasCommitted() {
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        try (JdbcEventStore joining =
                JdbcEventStore.builder(pool).transactionManager(manager).open()) {
            follow();
            new TransactionTemplate(manager)
                    .executeWithoutResult(status -> joining.append(
                            StreamName.of("Dog", UUID.randomUUID()),
                            ExpectedPosition.noStream(),
                            List.of(TransactionContract.event())));
            assertSeen(2);
        }
    }

    @Test
    void listenerSurvivesTheLossOfItsConnection() {
        follow();
        for (int i = 0; i < 3; i++) {
            jdbc.queryForList("SELECT pg_terminate_backend(pid)" + LISTENERS);
            append(); // nobody hears it
            assertSeen(2 + 2 * i);
            assertThat(awaits(() -> listeners() == 1)).isTrue();
            append();
            assertSeen(3 + 2 * i);
        }
    }

    @Test
    void itListensOnlyWhileSomebodyIsToBeTold() {
        assertThat(listeners()).isZero();
        Subscription first = follow();
        Subscription second = other.subscribe(SubscribeOptions.fromBeginning(), event -> {});
        first.close();
        append();
        assertThat(awaits(() -> second.position() > first.position())).isTrue();
        assertThat(listeners()).isEqualTo(1);
        second.close();
        assertThat(awaits(() -> listeners() == 0))
                .as("the connection is given back")
                .isTrue();
        follow();
        other.close();
        assertThat(awaits(() -> listeners() == 0))
                .as("the connection is given back")
                .isTrue();
    }

    @Test
    void listeningStarvesNoPool() throws SQLException {
        follow();
        otherPool.setConnectionTimeout(10_000);
        assertThat(Databases.noneIsTaken(otherPool)).isTrue();
        try (Connection one = otherPool.getConnection();
                Connection two = otherPool.getConnection()) {
            assertThat(one.isValid(10) && two.isValid(10)).isTrue();
            append(); // it can't be read now, but is not lost
        }
        assertSeen(2);
    }

    @Test
    void whereListeningFailsPollingGoesOn() {
        DataSource refusing = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("refused by the test");
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
        try (LogCapture log = new LogCapture(PostgresListener.class);
                JdbcEventStore polling = JdbcEventStore.builder(otherPool)
                        .listenOn(refusing)
                        .pollInterval(Duration.ofMillis(20))
                        .open()) {
            polling.subscribe(SubscribeOptions.after(append()), seen::add);
            for (int i = 0; i < 5; i++) {
                append();
                assertSeen(1 + i);
            }
            assertThat(awaits(() -> !log.messages().isEmpty())).isTrue();
            assertThat(log.messages()).singleElement().asString().contains("polling");
        }
    }

    @Test
    void anOwnNotificationIsNoSignal() {
        List<String> signals = Collections.synchronizedList(new ArrayList<>());
        other.onAppend(() -> signals.add(Thread.currentThread().getName()));
        assertThat(awaits(() -> signals.size() == 1))
                .as("when it begins to listen")
                .isTrue();
        other.append(
                StreamName.of("Dog", UUID.randomUUID()),
                ExpectedPosition.noStream(),
                List.of(TransactionContract.event()));
        append();
        assertThat(awaits(() -> signals.size() >= 3)).isTrue();
        assertThat(signals)
                .containsExactly(
                        "eventsourcing-listener", Thread.currentThread().getName(), "eventsourcing-listener");
    }
}
