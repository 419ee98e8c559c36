package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction that holds a stream holds up those who need that stream, and nobody else. */
class PostgresBusyStreamTest {

    private final StreamName busy = StreamName.of("Dog", UUID.randomUUID());
    private final StreamName free = StreamName.of("Dog", UUID.randomUUID());

    private HikariDataSource pool;
    private TransactionTemplate transaction;
    private JdbcEventStore store;

    @BeforeEach
    void open() {
        pool = Databases.newPostgres().pool(3); // one for the transaction, one for each of the two lanes
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        transaction = new TransactionTemplate(manager);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private AppendResult append(StreamName stream, ExpectedPosition expected) {
        return store.append(stream, expected, List.of(TransactionContract.event()));
    }

    private static <T> CompletableFuture<T> elsewhere(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, task -> new Thread(task).start())
                .orTimeout(1, TimeUnit.MINUTES);
    }

    private void awaitWaiting() {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = "
                + PostgresSql.STREAM_LOCK;
        Instant deadline = Instant.now().plusSeconds(60);
        while (jdbc.queryForObject(waiting, Long.class) == 0) {
            assertThat(Instant.now()).as("nobody waits for the stream").isBefore(deadline);
        }
    }

    @Test
    void appendsToOtherStreamsGoOnMeanwhile() {
        CompletableFuture<AppendResult> patient = transaction.execute(status -> {
            append(busy, ExpectedPosition.any());
            CompletableFuture<AppendResult> waits = elsewhere(() -> append(busy, ExpectedPosition.any()));
            awaitWaiting();
            assertThat(elsewhere(() -> append(free, ExpectedPosition.noStream()))
                            .join()
                            .streamPosition())
                    .isEqualTo(StreamPosition.of(0));
            assertThat(elsewhere(() -> append(free, ExpectedPosition.any()))
                            .join()
                            .streamPosition())
                    .isEqualTo(StreamPosition.of(1));
            assertThat(waits).isNotDone();
            return waits;
        });
        assertThat(patient.join().streamPosition()).isEqualTo(StreamPosition.of(1));
    }

    @Test
    void appendToTheBusyStreamAndAnotherLeavesTheOtherAloneUntilItCanBeWritten() {
        CompletableFuture<List<AppendResult>> patient = transaction.execute(status -> {
            append(busy, ExpectedPosition.any());
            CompletableFuture<List<AppendResult>> waits = elsewhere(() -> store.append(List.of(
                    new StreamAppend(free, ExpectedPosition.any(), List.of(TransactionContract.event())),
                    new StreamAppend(busy, ExpectedPosition.any(), List.of(TransactionContract.event())))));
            awaitWaiting();
            assertThat(store.position(free)).isEqualTo(StreamPosition.NONE);
            return waits;
        });
        assertThat(patient.join())
                .extracting(AppendResult::streamPosition)
                .containsExactly(StreamPosition.of(0), StreamPosition.of(1));
    }

    @Test
    void whatTheTransactionRollsBackIsTakenByWhoWaits() {
        CompletableFuture<AppendResult> patient = transaction.execute(status -> {
            append(busy, ExpectedPosition.noStream());
            CompletableFuture<AppendResult> waits = elsewhere(() -> append(busy, ExpectedPosition.noStream()));
            awaitWaiting();
            status.setRollbackOnly();
            return waits;
        });
        assertThat(patient.join().streamPosition()).isEqualTo(StreamPosition.of(0));
    }
}
