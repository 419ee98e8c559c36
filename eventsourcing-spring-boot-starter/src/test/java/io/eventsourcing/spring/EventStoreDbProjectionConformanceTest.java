package io.eventsourcing.spring;

import io.eventsourcing.eventstoredb.EventStoreDbEventStore;
import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.jdbc.JdbcProjectionStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.ProjectionStoreConformance;
import io.eventsourcing.test.conformance.ProjectionStoreFixture;
import io.eventsourcing.test.postgres.TestPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The events are in EventStoreDB, the checkpoints and what is made of the events in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventStoreDbProjectionConformanceTest extends ProjectionStoreConformance {

    private EventStoreDbServer server;
    private JdbcTransactionManager manager;
    private JdbcTemplate jdbc;

    @BeforeAll
    void open() {
        server = EventStoreDbServer.start();
        TestPostgres.Database database = TestPostgres.createDatabase();
        DriverManagerDataSource dataSource =
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        manager = new JdbcTransactionManager(dataSource);
        jdbc = new JdbcTemplate(dataSource);
        JdbcProjectionStore.open(dataSource, manager, SchemaInitialization.ALWAYS);
        jdbc.execute("CREATE TABLE written (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what VARCHAR(500))");
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Override
    protected ProjectionStoreFixture newFixture() {
        return new Fixture(
                EventStoreDbEventStore.builder(server.connectionString()).open());
    }

    private final class Fixture implements ProjectionStoreFixture {

        private final EventStore events;

        Fixture(EventStore events) {
            this.events = events;
        }

        @Override
        public EventStore events() {
            return events;
        }

        @Override
        public ProjectionStore node(Duration clockError) {
            return JdbcProjectionStore.open(manager.getDataSource(), manager, SchemaInitialization.NEVER);
        }

        @Override
        public void write(String effect) {
            jdbc.update("INSERT INTO written (what) VALUES (?)", effect);
        }

        @Override
        public String table() {
            return "written";
        }

        @Override
        public void erase(String beginning) {
            jdbc.update("DELETE FROM written WHERE what LIKE ?", beginning + "%");
        }

        @Override
        public List<String> written() {
            return jdbc.queryForList("SELECT what FROM written ORDER BY id", String.class);
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
