package io.eventsourcing.test.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void serverIsAPostgres() throws SQLException {
        assertThat(query(TestPostgres.createDatabase(), "SELECT version()")).startsWith("PostgreSQL 18");
    }

    @Test
    void timeZoneOfASessionIsNotThatOfTheJvm() throws SQLException {
        String zone = query(TestPostgres.createDatabase(), "SHOW timezone");
        Instant now = Instant.now();
        assertThat(ZoneId.of(zone).getRules().getOffset(now))
                .isNotEqualTo(ZoneId.systemDefault().getRules().getOffset(now))
                .isNotEqualTo(ZoneOffset.UTC);
    }

    @Test
    void driverKnowsTheTimeZoneOfTheSession() throws SQLException {
        TestPostgres.Database database = TestPostgres.createDatabase();
        Instant instant = Instant.parse("2026-02-03T04:05:06.123456Z");
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT '2026-02-03 04:05:06.123456+00'::timestamptz")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getObject(1, OffsetDateTime.class).toInstant()).isEqualTo(instant);
            assertThat(result.getTimestamp(1).toInstant()).isEqualTo(instant);
        }
    }

    @Test
    void everyDatabaseIsNewAndItsPublicSchemaEmpty() throws SQLException {
        TestPostgres.Database one = TestPostgres.createDatabase();
        TestPostgres.Database other = TestPostgres.createDatabase();
        assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
        try (Connection connection = connect(one);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE dog (name text)");
        }
        String objects = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
        assertThat(query(one, objects)).isEqualTo("1");
        assertThat(query(other, objects)).isEqualTo("0");
        assertThat(query(other, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"))
                .isEqualTo("0");
    }

    @Test
    void serverBearsManyConnections() throws SQLException {
        assertThat(query(TestPostgres.createDatabase(), "SHOW max_connections")).isEqualTo("200");
    }

    private static String query(TestPostgres.Database database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(TestPostgres.Database database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
