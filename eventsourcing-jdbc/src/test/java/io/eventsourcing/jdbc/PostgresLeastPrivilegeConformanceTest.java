package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The published suites for an application that may read and add, and nothing else. */
class PostgresLeastPrivilegeConformanceTest extends JdbcConformance {

    private static final String USER = "least_privilege_test";

    private Databases.Coordinates runtime;

    @Override
    Databases.Coordinates newDatabase() {
        Databases.Coordinates owner = Databases.newPostgres();
        try (HikariDataSource pool = owner.pool()) {
            JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            try (Connection connection = pool.getConnection()) {
                connection.createStatement().execute(script("postgresql-roles.sql"));
            }
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            JdbcFixture.createOtherTable(pool);
            jdbc.execute("DROP ROLE IF EXISTS " + USER);
            jdbc.execute("CREATE ROLE " + USER + " LOGIN PASSWORD 'secret' IN ROLE eventsourcing_runtime");
            jdbc.execute("GRANT INSERT ON " + JdbcFixture.OTHER_TABLE + " TO " + USER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        runtime = new Databases.Coordinates(owner.url(), USER, "secret");
        return runtime;
    }

    @Override
    void prepare(DataSource pool) {
        // its owner has made all that there is
    }

    /** As a whole: psql and the driver know where a statement ends, a splitter at semicolons doesn't. */
    private static String script(String name) {
        try {
            return new ClassPathResource("io/eventsourcing/jdbc/schema/" + name)
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE es_events SET data = ''",
                "DELETE FROM es_events",
                "TRUNCATE es_events",
                "DROP TABLE es_events",
                "UPDATE es_streams SET name = 'x'",
                "DELETE FROM es_streams",
                "DELETE FROM es_deletions",
                "UPDATE es_deletions SET first_readable = 0",
                "DELETE FROM es_seals",
                "UPDATE es_seals SET hash = ''",
                "DELETE FROM es_schemas",
                "UPDATE es_schemas SET json_schema = ''",
                "ALTER SEQUENCE es_commit_positions RESTART",
                "INSERT INTO es_schema_version (version) VALUES (99)",
                "UPDATE es_subject_keys SET wrapped_key = ''"
            })
    void whatHasHappenedCannotBeChanged(String sql) {
        try (HikariDataSource pool = runtime.pool(1)) {
            assertThatThrownBy(() -> new JdbcTemplate(pool).execute(sql))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void subjectsCanBeForgotten() {
        try (HikariDataSource pool = runtime.pool(1)) {
            SubjectKeys keys = JdbcSubjectKeys.open(pool, SchemaInitialization.NEVER);
            SubjectKey key = keys.getOrAdd("ann", new SubjectKey(UUID.randomUUID(), new byte[] {1}));
            keys.forget("ann");
            assertThat(keys.find(key.id())).isEmpty();
        }
    }
}
