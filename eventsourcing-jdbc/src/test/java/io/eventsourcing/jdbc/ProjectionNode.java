package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.Projections;
import java.io.IOException;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A program that works on a projection until it is killed: each event becomes a row, with the name of the program. */
final class ProjectionNode {

    static final String PROJECTION = "effects";
    static final Duration LEASE = Duration.ofSeconds(2);
    static final int SEGMENTS = 8;

    static final String TABLE = "CREATE TABLE effects (n bigserial, event_id uuid, stream varchar(200),"
            + " stream_position bigint, node varchar(20))";

    private static final String INSERT =
            "INSERT INTO effects (event_id, stream, stream_position, node) VALUES (?, ?, ?, ?)";

    private ProjectionNode() {}

    /** @param args how to reach the database, and the name of this program */
    public static void main(String[] args) throws IOException {
        HikariDataSource pool = new Databases.Coordinates(args[0], args[1], args[2]).pool(SEGMENTS + 4);
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        EventSourcing eventSourcing = EventSourcing.of(
                JdbcEventStore.builder(pool).transactionManager(manager).open());
        Projections projections = Projections.builder(
                        eventSourcing, JdbcProjectionStore.open(pool, manager, SchemaInitialization.NEVER))
                .node(args[3])
                .lease(LEASE)
                .build();
        projections.add(
                ProjectionDefinition.named(PROJECTION)
                        .onOthers(event -> jdbc.update(
                                INSERT, event.eventId(), event.stream().value(), event.streamPosition(), args[3]))
                        .build(),
                ProjectionOptions.defaults().withSegments(SEGMENTS));
        projections.start();
        while (System.in.read() >= 0) { // its parent says nothing, and is gone when this ends
            projections.start();
        }
        System.exit(0);
    }
}
