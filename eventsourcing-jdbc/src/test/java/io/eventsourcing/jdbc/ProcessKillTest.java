package io.eventsourcing.jdbc;

import static io.eventsourcing.store.ExpectedPosition.noStream;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Programs that run a process manager are killed, one after the other, while it works. The system property {@code
 * eventsourcing.test.process.events} says how many events it gets, for a longer run.
 */
@Timeout(300)
class ProcessKillTest {

    private static final int EVENTS = Integer.getInteger("eventsourcing.test.process.events", 600);
    private static final int KILLS = 3;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    private final Databases.Coordinates database = Databases.newPostgres();
    private final HikariDataSource pool = database.pool();
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final JdbcEventStore store = JdbcEventStore.builder(pool)
            .initializeSchema(SchemaInitialization.ALWAYS)
            .open();
    private final EventSourcing eventSourcing = EventSourcing.of(store);
    private final List<Process> processes = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();

    @BeforeEach
    void openCounters() {
        IntStream.range(0, ProcessNode.COUNTERS)
                .forEach(i -> eventSourcing.save(new ProcessNode.Counter(ProcessNode.Counter.id(i))));
    }

    @AfterEach
    void close() {
        processes.forEach(Process::destroyForcibly);
        store.close();
        pool.close();
    }

    private Process start(String node) throws IOException {
        Process process = NodeProcess.start(ProcessNode.class, database, node);
        processes.add(process);
        return process;
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            NewEvent event = TransactionContract.event();
            NewEvent asking = new NewEvent(event.id(), "Asked", event.data(), event.metadata(), event.timestamp());
            store.append(StreamName.of("Question", UUID.randomUUID()), noStream(), List.of(asking));
            asked.add(event.id().toString());
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private int stored(String type) {
        Integer count = jdbc.queryForObject("SELECT count(*) FROM es_events WHERE event_type = ?", Integer.class, type);
        return count == null ? 0 : count;
    }

    private boolean works(String node) {
        Integer segments =
                jdbc.queryForObject("SELECT count(*) FROM es_projection_segments WHERE owner = ?", Integer.class, node);
        return segments != null && segments > 0;
    }

    /** The events that were reacted to, by what was saved for them. */
    private List<String> causes(String type) {
        return store.readAll(ReadOptions.forwards().types(Set.of(type))).stream()
                .map(this::metadata)
                .map(metadata -> metadata.causationId().orElse("nothing"))
                .toList();
    }

    private Metadata metadata(RecordedEvent event) {
        return eventSourcing.format().metadata(event);
    }

    @Test
    void everythingIsSavedOnceThoughProgramsAreKilled() throws Exception {
        start("0");
        for (int kill = 1; kill <= KILLS; kill++) {
            Process victim = processes.get(processes.size() - 1);
            String name = String.valueOf(kill - 1);
            append(EVENTS / (KILLS + 1));
            await(name + " works", () -> works(name));
            int before = stored("Receipt.Issued");
            await(name + " saves", () -> stored("Receipt.Issued") > before);
            start(String.valueOf(kill));
            victim.destroyForcibly().waitFor();
        }
        append(EVENTS - KILLS * (EVENTS / (KILLS + 1)));
        await("all receipts", () -> new HashSet<>(causes("Receipt.Issued")).equals(asked));
        await("all reminders", () -> new HashSet<>(causes("Reminder.Sent")).equals(asked));
        assertThat(causes("Receipt.Issued")).as("receipts").hasSize(EVENTS);
        assertThat(causes("Reminder.Sent")).as("reminders").hasSize(EVENTS);
        assertThat(causes("Counter.Counted"))
                .as("what was counted")
                .hasSize(EVENTS)
                .containsAll(asked);
        assertThat(jdbc.queryForObject(
                        "SELECT (SELECT count(*) FROM es_dead_letters) + (SELECT count(*) FROM es_timeouts)",
                        Integer.class))
                .isZero();
    }
}
