package io.eventsourcing.jdbc;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Appends whose place is known take one round trip: else all the rest is as right, and several times as slow. */
class PostgresAtOnceTest {

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final StreamName dog = StreamName.of("Dog", UUID.randomUUID());

    private Databases.Coordinates database;
    private UnaryOperator<String> variation = UnaryOperator.identity();
    private HikariDataSource pool;
    private JdbcEventStore store;

    @BeforeEach
    void open() {
        database = Databases.newPostgres();
        pool = database.pool();
        store = newStore();
    }

    private JdbcEventStore newStore() {
        return JdbcEventStore.builder(new ObservedStatements(pool, this::observed))
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private String observed(String statement) {
        if (!statement.contains("pg_notify")) {
            statements.add(statement);
        }
        return variation.apply(statement);
    }

    private static NewEvent event(String... tags) {
        return new NewEvent(UUID.randomUUID(), "Dog.Barked", new byte[] {1}, new byte[0], Instant.EPOCH, Set.of(tags));
    }

    private void append(ExpectedPosition expected, List<NewEvent> events, AppendCondition... conditions) {
        store.append(List.of(new StreamAppend(dog, expected, events)), List.of(conditions));
    }

    private static AppendCondition nothing(String tag) {
        return AppendCondition.noMatch(EventQuery.tagged(tag));
    }

    /** Knows the stream's end, and the ids of its events. */
    private void appendTheLongWay() {
        append(any(), List.of(event()));
        statements.clear();
    }

    static Stream<Arguments> placed() {
        return Stream.of(
                Arguments.of(exactly(0), List.of(event()), List.of()),
                Arguments.of(exactly(0), List.of(event(), event()), List.of()),
                Arguments.of(any(), List.of(event()), List.of()),
                Arguments.of(any(), List.of(event(), event()), List.of()),
                Arguments.of(exactly(0), List.of(event("a")), List.of()),
                Arguments.of(any(), List.of(event("a", "b"), event()), List.of()),
                Arguments.of(exactly(0), List.of(event()), List.of(nothing("a"))),
                Arguments.of(any(), List.of(event("a")), List.of(nothing("a"), nothing("b"))));
    }

    @ParameterizedTest
    @MethodSource("placed")
    void appendBehindAKnownEndTakesOneRoundTrip(
            ExpectedPosition expected, List<NewEvent> events, List<AppendCondition> conditions) {
        appendTheLongWay();

        append(expected, events, conditions.toArray(AppendCondition[]::new));

        assertThat(statements).hasSize(1);
        assertThat(last(events.size()).stream().map(RecordedEvent::id))
                .isEqualTo(events.stream().map(NewEvent::id).toList());
        assertThat(last(events.size()).stream().map(RecordedEvent::tags))
                .isEqualTo(events.stream().map(NewEvent::tags).toList());
    }

    private List<RecordedEvent> last(int count) {
        List<RecordedEvent> all =
                store.read(dog, ReadOptions.forwards()).stream().toList();
        return all.subList(all.size() - count, all.size());
    }

    @ParameterizedTest
    @MethodSource("placed")
    void firstAppendTakesOneRoundTrip(
            ExpectedPosition expected, List<NewEvent> events, List<AppendCondition> conditions) {
        statements.clear();
        append(noStream(), events, conditions.toArray(AppendCondition[]::new));

        assertThat(statements).hasSize(1);
        assertThat(last(events.size())).hasSize(events.size());
    }

    @ParameterizedTest
    @MethodSource("placed")
    void appendBehindAnUnknownEndTakesOneRoundTripIfItIsNamed(
            ExpectedPosition expected, List<NewEvent> events, List<AppendCondition> conditions) {
        try (JdbcEventStore other = JdbcEventStore.builder(pool).open()) {
            other.append(dog, noStream(), List.of(event()));
        }
        statements.clear();

        append(exactly(0), events, conditions.toArray(AppendCondition[]::new));

        assertThat(statements).hasSize(1);
        assertThat(last(events.size())).hasSize(events.size());
    }

    @Test
    void conditionIsDecidedBehindATransactionThatMayBreakIt() throws Exception {
        assertThat(isAppendedBesideATransaction()).isFalse();
    }

    @Test
    void withoutLocksOfTagsThatTransactionWouldBeMissed() throws Exception {
        String lock = "pg_try_advisory_xact_lock(_shared)?\\(%d, t.lock\\)".formatted(PostgresSql.TAG_LOCK);
        variation = statement -> statement.replaceAll(lock, "TRUE");

        assertThat(isAppendedBesideATransaction()).isTrue();
    }

    /** Depends on there being no event of a tag, which a transaction has appended that isn't over when it comes. */
    private boolean isAppendedBesideATransaction() throws Exception {
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        try (JdbcEventStore other =
                JdbcEventStore.builder(pool).transactionManager(manager).open()) {
            CompletableFuture<Boolean> beside = new TransactionTemplate(manager).execute(status -> {
                other.append(StreamName.of("Cat-1"), noStream(), List.of(event("a")));
                CompletableFuture<Boolean> appended =
                        CompletableFuture.supplyAsync(this::isAppended, task -> new Thread(task).start());
                awaitDecision(appended);
                return appended;
            });
            return beside.get(1, TimeUnit.MINUTES);
        }
    }

    private boolean isAppended() {
        try {
            append(noStream(), List.of(event()), nothing("a"));
            return true;
        } catch (ConditionNotMetException e) {
            return false;
        }
    }

    private void awaitDecision(CompletableFuture<Boolean> appended) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = "
                + PostgresSql.TAG_LOCK;
        Instant deadline = Instant.now().plusSeconds(60);
        while (!appended.isDone() && jdbc.queryForObject(waiting, Long.class) == 0) {
            assertThat(Instant.now()).as("it is neither written nor waits").isBefore(deadline);
        }
    }

    /** A snapshot from before the locks doesn't have what was committed until they were held. */
    @Test
    void conditionIsNotDecidedOnAnOlderSnapshot() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE \"" + connection.getCatalog()
                    + "\" SET default_transaction_isolation TO 'repeatable read'");
        }
        close();
        pool = database.pool();
        store = newStore();
        appendTheLongWay();

        append(any(), List.of(event("a")), nothing("a"));

        assertThat(statements).hasSizeGreaterThan(1);
        assertThat(last(1).get(0).tags()).containsExactly("a");
    }

    @Test
    void conditionThatIsNotMetIsExplained() {
        append(any(), List.of(event("a")));

        assertThatThrownBy(() -> append(any(), List.of(event("b")), nothing("a")))
                .isInstanceOf(ConditionNotMetException.class)
                .hasMessageContaining("tagged a");
        assertThat(store.read(dog, ReadOptions.forwards()).stream()).hasSize(1);
    }

    @Test
    void repeatedAppendIsRecognisedWhoeverHasMadeIt() {
        NewEvent repeated = event("a");
        appendTheLongWay();
        append(any(), List.of(repeated));
        append(any(), List.of(event()));

        append(any(), List.of(repeated), nothing("a"));
        try (JdbcEventStore other = JdbcEventStore.builder(pool).open()) {
            NewEvent theirs = event();
            other.append(dog, any(), List.of(theirs));
            append(any(), List.of(theirs));
            append(any(), List.of(event()));
            other.append(dog, any(), List.of(repeated));
        }

        assertThat(store.read(dog, ReadOptions.forwards()).stream()).hasSize(5);
    }
}
