package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class FailureTest {

    private static final Databases.Coordinates DATABASE = Databases.newPostgres();

    private static HikariDataSource pool;

    /** When the connection to the real database breaks. */
    private enum Break {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    @BeforeAll
    static void open() {
        pool = DATABASE.pool();
        JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    private static JdbcEventStore storeThatBreaks(Break when) {
        return JdbcEventStore.builder(new DelegatingDataSource(pool) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return breaking(super.getConnection(), when);
                    }
                })
                .initializeSchema(SchemaInitialization.NEVER)
                .open();
    }

    /** The connection to the real database breaks at its commit, or around a statement that is its own transaction. */
    private static Connection breaking(Connection connection, Break when) {
        return proxy(Connection.class, connection, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                return around(when, connection::rollback, () -> method.invoke(connection, arguments));
            }
            Object result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement && connection.getAutoCommit()
                    ? breaking(statement, when)
                    : result;
        });
    }

    private static PreparedStatement breaking(PreparedStatement statement, Break when) {
        return proxy(PreparedStatement.class, statement, (method, arguments) -> {
            boolean writes =
                    method.getName().equals("execute") && statement.toString().contains("INSERT INTO es_events");
            return writes
                    ? around(when, () -> {}, () -> method.invoke(statement, arguments))
                    : method.invoke(statement, arguments);
        });
    }

    private interface Step {
        void run() throws Exception;
    }

    private static Object around(Break when, Step undo, Callable<Object> commit) throws Exception {
        if (when == Break.BEFORE_COMMIT) {
            undo.run();
        } else {
            commit.call();
        }
        throw new SQLException("broken " + when, "08006");
    }

    private interface Interception {
        Object call(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T target, Interception interception) {
        return type.cast(Proxy.newProxyInstance(
                FailureTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return interception.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_COMMIT, true", "AFTER_COMMIT, true", "BEFORE_COMMIT, false", "AFTER_COMMIT, false"})
    void aCommitThatWasNotAnsweredIsUnknownAndCanBeRepeated(Break when, boolean namesPlace) {
        StreamName stream = StreamName.of("Dog", UUID.randomUUID());
        ExpectedPosition expected = namesPlace ? ExpectedPosition.noStream() : ExpectedPosition.any();
        List<NewEvent> events = List.of(TransactionContract.event(), TransactionContract.event());
        assertThatThrownBy(() -> storeThatBreaks(when).append(stream, expected, events))
                .isInstanceOf(AppendOutcomeUnknownException.class)
                .hasMessageContaining("Repeat the same append");
        JdbcEventStore store = JdbcEventStore.builder(pool).open();
        assertThat(store.position(stream).exists())
                .as("written all the same, or not")
                .isEqualTo(when == Break.AFTER_COMMIT);
        AppendResult repeated = store.append(stream, expected, events);
        assertThat(repeated.streamPosition()).isEqualTo(StreamPosition.of(1));
        assertThat(store.read(stream, ReadOptions.forwards()).toList())
                .as("stored once, whenever the connection broke")
                .extracting(event -> event.id())
                .containsExactly(events.get(0).id(), events.get(1).id());
    }

    @Test
    void aServerThatCannotBeReachedIsUnavailable() {
        HikariDataSource closed = DATABASE.pool();
        JdbcEventStore store = JdbcEventStore.builder(closed).open();
        closed.close();
        StreamName stream = StreamName.of("Dog", UUID.randomUUID());
        assertThatThrownBy(() -> store.append(stream, ExpectedPosition.any(), List.of(TransactionContract.event())))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.position(stream)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.read(stream, ReadOptions.forwards()).toList())
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void tablesThatVanishAreNamedAsTheCause() {
        try (HikariDataSource other = Databases.newPostgres().pool()) {
            JdbcEventStore store = JdbcEventStore.builder(other)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            new JdbcTemplate(other).execute("DROP TABLE es_events");
            assertThatThrownBy(() -> store.position(StreamName.of("Dog-1")))
                    .isExactlyInstanceOf(EventStoreException.class)
                    .hasMessageContaining("tables");
        }
    }

    @Test
    void fiftyThreadsOnTwoConnectionsAllFinishAndLeaveNoneTaken() throws Exception {
        for (Databases.Coordinates database : List.of(Databases.newPostgres(), Databases.newH2InMemory())) {
            try (HikariDataSource two = database.pool(2)) {
                JdbcEventStore store = JdbcEventStore.builder(two)
                        .initializeSchema(SchemaInitialization.ALWAYS)
                        .open();
                ExecutorService threads = Executors.newFixedThreadPool(50);
                List<Future<?>> appends = IntStream.range(0, 200)
                        .<Future<?>>mapToObj(i -> threads.submit(() -> store.append(
                                StreamName.of("Dog-" + i % 20),
                                ExpectedPosition.any(),
                                List.of(TransactionContract.event()))))
                        .toList();
                for (Future<?> append : appends) {
                    append.get();
                }
                threads.shutdown();
                assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(200);
                assertThat(Databases.noneIsTaken(two)).isTrue();
            }
        }
    }
}
