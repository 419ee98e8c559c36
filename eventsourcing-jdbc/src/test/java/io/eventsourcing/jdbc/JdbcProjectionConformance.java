package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.ProjectionStoreConformance;
import io.eventsourcing.test.conformance.ProjectionStoreFixture;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The published suites of projections on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcProjectionConformance extends ProjectionStoreConformance {

    private Databases.Coordinates database;
    private HikariDataSource pool;

    abstract Databases.Coordinates newDatabase();

    @BeforeAll
    void openPool() {
        database = newDatabase();
        pool = database.pool();
        Fixture.prepare(pool);
    }

    @AfterAll
    void closePool() {
        pool.close();
    }

    @Override
    protected ProjectionStoreFixture newFixture() {
        return new Fixture(database, pool, JdbcProjectionStore::new);
    }

    /** How a node makes its store. */
    @FunctionalInterface
    interface Opening {

        ProjectionStore open(DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql);

        default EventStore events(DataSource pool, PlatformTransactionManager manager, Databases.Coordinates database) {
            return JdbcEventStore.builder(pool)
                    .transactionManager(manager)
                    .listenOn(database.unpooled())
                    .initializeSchema(SchemaInitialization.NEVER)
                    .open();
        }

        /** As a node does whose own clock is wrong. */
        default ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Duration clockError) {
            return open(pool, manager, vendor, vendor.sql());
        }
    }

    /** Events, checkpoints and what is written are in one database. */
    static final class Fixture implements ProjectionStoreFixture {

        private final JdbcTransactionManager manager;
        private final JdbcTemplate jdbc;
        private final DataSource pool;
        private final Vendor vendor;
        private final EventStore events;
        private final Opening opening;

        Fixture(Databases.Coordinates database, DataSource pool, Opening opening) {
            this.pool = pool;
            this.manager = new JdbcTransactionManager(pool);
            this.jdbc = new JdbcTemplate(pool);
            this.vendor = Vendor.of(jdbc);
            this.opening = opening;
            this.events = opening.events(pool, manager, database);
        }

        static void prepare(DataSource pool) {
            JdbcProjectionStore.open(pool, new JdbcTransactionManager(pool), SchemaInitialization.ALWAYS);
            new JdbcTemplate(pool)
                    .execute("CREATE TABLE written"
                            + " (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what VARCHAR(500))");
        }

        @Override
        public EventStore events() {
            return events;
        }

        @Override
        public ProjectionStore node(Duration clockError) {
            return opening.open(pool, manager, vendor, clockError);
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
            return jdbc.queryForList(
                    "SELECT what FROM written WHERE " + vendor.sql().asked() + " ORDER BY id", String.class);
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
