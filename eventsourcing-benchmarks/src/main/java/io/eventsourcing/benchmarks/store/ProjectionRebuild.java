package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.jdbc.JdbcProjectionStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A projection is rebuilt beside itself, from the start to the exchange of its tables, beside a bare read of its events. */
final class ProjectionRebuild {

    private static final int EVENTS = 1_000_000;
    private static final int CONNECTIONS = 8;
    private static final String NAME = "streams";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Makes of an event what there is to be made of it. */
    @FunctionalInterface
    private interface Handling {
        void handle(EventContext event, JdbcTemplate jdbc);
    }

    private ProjectionRebuild() {}

    /** Nothing is made of the events. */
    static Contest counting(String name, Goal goal) {
        return contest(name, "rebuild a projection that counts 1,000,000 events", goal, (event, jdbc) -> {});
    }

    static Contest rows(String name, Goal goal) {
        return contest(
                name,
                "rebuild a projection of 1,000,000 events with a row for each stream",
                goal,
                ProjectionRebuild::insert);
    }

    private static void insert(EventContext event, JdbcTemplate jdbc) {
        if (event.streamPosition() == 0) {
            jdbc.update(
                    "INSERT INTO streams (name, first_position) VALUES (?, ?)",
                    event.stream().value(),
                    event.commitPosition());
        }
    }

    private static Contest contest(String name, String ours, Goal goal, Handling handling) {
        return Contest.of(name, ours, "readAll of the same events", goal, arena -> duel(arena, handling));
    }

    private static Duel duel(Arena arena, Handling handling) throws Exception {
        HikariDataSource pool = arena.postgres(CONNECTIONS);
        int events = arena.events(EVENTS);
        EventStore store = Preload.streams(arena, pool, events);
        LongAdder handled = new LongAdder();
        Projections projections = arena.closing(projections(store, pool, handling, handled));
        return new Duel(read(events, () -> rebuild(projections, handled)), read(events, () -> count(store)));
    }

    /** It begins at the end, so that only the rebuild has something to do. */
    private static Projections projections(
            EventStore store, HikariDataSource pool, Handling handling, LongAdder handled) {
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE TABLE streams (name varchar(200) PRIMARY KEY, first_position bigint NOT NULL)");
        Projections projections = Projections.builder(
                        EventSourcing.of(store), JdbcProjectionStore.open(pool, manager, SchemaInitialization.NEVER))
                .build();
        ProjectionDefinition definition = ProjectionDefinition.named(NAME)
                .tables("streams")
                .on(Events.TYPE, event -> {
                    handling.handle(event, jdbc);
                    handled.increment();
                })
                .build();
        projections.add(definition, ProjectionOptions.defaults().withStart(ProjectionOptions.Start.END));
        projections.start();
        if (!projections.awaitAll(PATIENCE)) {
            throw new IllegalStateException("The projection doesn't begin");
        }
        return projections;
    }

    private static Subject read(int events, Reading.Read read) {
        return () -> Load.run(0, new Reading(events, read)).rate(events);
    }

    private static long rebuild(Projections projections, LongAdder handled) {
        handled.reset();
        projections.rebuilds().start(NAME);
        if (!projections.rebuilds().complete(NAME, PATIENCE)) {
            throw new IllegalStateException(
                    "The rebuild isn't completed: " + projections.rebuilds().status(NAME));
        }
        return handled.sum();
    }

    private static long count(EventStore store) {
        long count = 0;
        for (RecordedEvent event : store.readAll(ReadOptions.forwards().types(Events.TYPE))) {
            count += event.data().length > 0 ? 1 : 0;
        }
        return count;
    }
}
