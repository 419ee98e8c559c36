package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;

/** Batches of projections whose handlers return, but whose transaction can't be committed, or seems so. */
@Timeout(120)
class ProjectionCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private HikariDataSource pool;
    private JdbcTransactionManager manager;
    private JdbcTemplate jdbc;
    private JdbcEventStore store;

    @BeforeEach
    void open() {
        pool = Databases.newPostgres().pool();
        manager = new JdbcTransactionManager(pool);
        jdbc = new JdbcTemplate(pool);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        jdbc.execute("CREATE TABLE written (stream VARCHAR(100) UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        IntStream.range(0, 5)
                .forEach(i -> store.append(
                        StreamName.of("Dog-" + i), ExpectedPosition.noStream(), List.of(TransactionContract.event())));
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private Projections start(PlatformTransactionManager transactions, ProjectionDefinition.Handler handler) {
        ProjectionStore checkpoints = JdbcProjectionStore.open(pool, transactions, SchemaInitialization.NEVER);
        Projections projections = Projections.builder(EventSourcing.of(store), checkpoints)
                .lease(Duration.ofSeconds(2))
                .build();
        projections.add(
                ProjectionDefinition.named("dogs").onOthers(handler).build(),
                ProjectionOptions.defaults().withRetries(1));
        projections.start();
        return projections;
    }

    private void write(StreamName stream) {
        jdbc.update("INSERT INTO written VALUES (?)", stream.value());
    }

    private List<String> written() {
        return jdbc.queryForList("SELECT stream FROM written ORDER BY stream", String.class);
    }

    @Test
    void eventThatBreaksADeferredConstraintIsParkedAlone() {
        jdbc.update("INSERT INTO written VALUES ('Dog-2')");
        try (Projections projections = start(manager, event -> write(event.stream()))) {
            assertThat(projections.awaitAll(PATIENCE)).isTrue();

            assertThat(projections.deadLetters("dogs", 10))
                    .extracting(DeadLetter::stream)
                    .containsExactly(StreamName.of("Dog-2"));
            assertThat(projections.deadLetters("dogs", 10).get(0).attempts()).isEqualTo(2);
            assertThat(written()).containsExactly("Dog-0", "Dog-1", "Dog-2", "Dog-3", "Dog-4");
        }
    }

    @Test
    void eventWhoseHandlerHidesAFailureOfTheDatabaseIsParkedAlone() {
        try (Projections projections = start(manager, event -> {
            write(event.stream());
            if (event.stream().value().equals("Dog-3")) {
                try {
                    jdbc.execute("SELECT nothing FROM nowhere");
                } catch (DataAccessException e) {
                    return; // as if nothing had happened, but PostgreSQL commits nothing of it
                }
            }
        })) {
            assertThat(projections.awaitAll(PATIENCE)).isTrue();

            assertThat(projections.deadLetters("dogs", 10))
                    .extracting(DeadLetter::stream)
                    .containsExactly(StreamName.of("Dog-3"));
            assertThat(written()).containsExactly("Dog-0", "Dog-1", "Dog-2", "Dog-4");
        }
    }

    /** The connection breaks when the database has committed, and before it has said so. */
    @Test
    void batchThatWasCommittedButSeemsToHaveFailedIsNotHandledAgain() {
        jdbc.execute("ALTER TABLE written DROP CONSTRAINT written_stream_key");
        AtomicBoolean breaks = new AtomicBoolean();
        PlatformTransactionManager breaking = (PlatformTransactionManager) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {PlatformTransactionManager.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(manager, arguments);
                        if (method.getName().equals("commit") && breaks.getAndSet(false)) {
                            throw new TransactionSystemException("planned", new SQLException("broken", "08006"));
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (Projections projections = start(breaking, event -> {
            write(event.stream());
            breaks.compareAndSet(false, event.stream().value().equals("Dog-4"));
        })) {
            assertThat(projections.awaitAll(PATIENCE)).isTrue();

            assertThat(written()).containsExactly("Dog-0", "Dog-1", "Dog-2", "Dog-3", "Dog-4");
            assertThat(projections.deadLetters("dogs", 10)).isEmpty();
        }
    }
}
