package io.eventsourcing.jdbc;

import static io.eventsourcing.store.ExpectedPosition.any;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Programs that share a projection are killed and stopped, one after the other, while events are stored. The system property
 * {@code eventsourcing.test.projection.events} says how many, for a longer run.
 */
@Timeout(300)
class ProjectionProcessesTest {

    private static final int EVENTS = Integer.getInteger("eventsourcing.test.projection.events", 4_000);
    private static final int STREAMS = 100;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    private final Databases.Coordinates database = Databases.newPostgres();
    private final HikariDataSource pool = database.pool();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final JdbcEventStore store = JdbcEventStore.builder(pool)
            .initializeSchema(SchemaInitialization.ALWAYS)
            .open();
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void createTable() {
        jdbc.execute(ProjectionNode.TABLE);
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        store.close();
        pool.close();
    }

    private Process start(String node) throws IOException {
        Process process = NodeProcess.start(ProjectionNode.class, database, node);
        processes.add(process);
        return process;
    }

    private static void signal(Process process, String name) throws Exception {
        int exit = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            store.append(StreamName.of("Dog-" + i * 7 % STREAMS), any(), List.of(TransactionContract.event()));
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private int owned(String node) {
        return count("SELECT count(*) FROM es_projection_segments WHERE owner = ?", node);
    }

    private int count(String query, Object... parameters) {
        Integer count = jdbc.queryForObject(query, Integer.class, parameters);
        return count == null ? 0 : count;
    }

    /** Returns when a node owns everything, and prints how long it took; that isn't asserted. */
    private void awaitTakeover(String how, String node) {
        long before = System.nanoTime();
        await(node + " takes over", () -> owned(node) == ProjectionNode.SEGMENTS);
        System.out.printf(
                "%s: taken over in %d ms, with leases of %d ms%n",
                how, (System.nanoTime() - before) / 1_000_000, ProjectionNode.LEASE.toMillis());
    }

    @Test
    void everyEffectHappensOnceThoughProgramsAreKilledAndStopped() throws Exception {
        Process a = start("a");
        start("b");
        append(EVENTS / 4);
        await("both work", () -> owned("a") > 0 && owned("b") > 0);
        append(EVENTS / 4);
        signal(a, "KILL");
        awaitTakeover("kill -9", "b");
        start("c");
        append(EVENTS / 4);
        await("both work", () -> owned("b") > 0 && owned("c") > 0);
        Process b = processes.get(1);
        signal(b, "STOP");
        awaitTakeover("SIGSTOP", "c");
        append(EVENTS - 3 * (EVENTS / 4));
        signal(b, "CONT");
        await("the one that was stopped works again", () -> owned("b") > 0);
        await("all effects", () -> count("SELECT count(DISTINCT event_id) FROM effects") == EVENTS);

        assertThat(count("SELECT count(*) FROM effects")).as("effects").isEqualTo(EVENTS);
        assertThat(count("SELECT count(*) FROM (SELECT stream_position - lag(stream_position, 1, -1::bigint)"
                        + " OVER (PARTITION BY stream ORDER BY n) AS step FROM effects) AS s WHERE step <> 1"))
                .as("effects out of the order of their stream")
                .isZero();
        assertThat(Stream.of("a", "b", "c"))
                .allSatisfy(node -> assertThat(count("SELECT count(*) FROM effects WHERE node = ?", node))
                        .as("effects of " + node)
                        .isPositive());
    }
}
