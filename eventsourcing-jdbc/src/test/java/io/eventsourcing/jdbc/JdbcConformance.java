package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.test.conformance.EventStoreConformance;
import io.eventsourcing.test.conformance.EventStoreFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The published suites on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcConformance extends EventStoreConformance {

    private Databases.Coordinates database;
    private HikariDataSource pool;

    abstract Databases.Coordinates newDatabase();

    @BeforeAll
    void openPool() {
        database = newDatabase();
        pool = database.pool();
        prepare(pool);
    }

    /** Makes what the tests need beside the store. */
    void prepare(DataSource pool) {
        JdbcFixture.createOtherTable(pool);
    }

    @AfterAll
    void closePool() {
        pool.close();
    }

    @Override
    protected EventStoreFixture newFixture() {
        return new JdbcFixture(database, pool, opening());
    }

    /** How the stores are opened that the tests work with. */
    JdbcFixture.Opening opening() {
        return JdbcFixture::open;
    }
}
