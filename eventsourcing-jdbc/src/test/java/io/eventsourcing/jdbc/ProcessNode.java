package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.ProcessManager;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.TimeoutHandler;
import io.eventsourcing.projection.Timeouts;
import io.eventsourcing.store.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A program that runs a process manager until it is killed: each event is counted by one of a few counters, and has a receipt
 * of its own, and a reminder a moment later.
 */
final class ProcessNode {

    static final String PROCESS = "counting";
    static final Duration LEASE = Duration.ofSeconds(2);
    static final int SEGMENTS = 4;
    static final int COUNTERS = 3;

    private ProcessNode() {}

    /** Counts what segments on several nodes handle, so that they conflict. */
    static final class Counter extends Aggregate {

        private long count;

        @Event("Opened")
        Counter(UUID id) {
            super(id);
        }

        @Event("Counted")
        void count() {
            count++;
        }

        long value() {
            return count;
        }

        static UUID id(int number) {
            return UUID.nameUUIDFromBytes(("counter " + number).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** That an event was handled. */
    static final class Receipt extends Aggregate {

        @Event("Issued")
        Receipt(String stream) {}
    }

    /** That an event was handled, some time ago. */
    static final class Reminder extends Aggregate {

        @Event("Sent")
        Reminder() {}
    }

    /** Saves one aggregate itself, and has one saved, and another one later. */
    @ProcessManager(PROCESS)
    static final class Counting {

        private final EventSourcing eventSourcing;

        Counting(EventSourcing eventSourcing) {
            this.eventSourcing = eventSourcing;
        }

        @EventHandler("Asked")
        List<Aggregate> asked(EventContext event, StreamName stream, Timeouts timeouts) {
            timeouts.in(Duration.ofMillis(100), "reminder");
            int number = Math.floorMod(event.eventId().hashCode(), COUNTERS);
            eventSourcing.repository().update(Counter.class, Counter.id(number), Counter::count);
            return List.of(new Receipt(stream.value()));
        }

        @TimeoutHandler("reminder")
        Reminder remind() {
            return new Reminder();
        }
    }

    /** @param args how to reach the database, and the name of this program */
    public static void main(String[] args) throws IOException {
        HikariDataSource pool = new Databases.Coordinates(args[0], args[1], args[2]).pool(SEGMENTS + 4);
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        EventSourcing eventSourcing = EventSourcing.of(
                JdbcEventStore.builder(pool).transactionManager(manager).open());
        Projections projections = Projections.builder(
                        eventSourcing, JdbcProjectionStore.open(pool, manager, SchemaInitialization.NEVER))
                .node(args[3])
                .lease(LEASE)
                .build();
        projections.add(
                ProjectionDefinition.of(new Counting(eventSourcing)),
                ProjectionOptions.defaults().withSegments(SEGMENTS).withBatchTime(Duration.ofMillis(20)));
        projections.start();
        while (System.in.read() >= 0) { // its parent says nothing, and is gone when this ends
            projections.start();
        }
        System.exit(0);
    }
}
