package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.test.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Pools of connections to real databases. */
final class Databases {

    private Databases() {}

    /** What it takes to connect, as often as one likes. */
    record Coordinates(String url, String username, String password) {

        HikariDataSource pool() {
            return pool(10);
        }

        HikariDataSource pool(int size) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setUsername(username);
            config.setPassword(password);
            config.setMaximumPoolSize(size);
            config.setMinimumIdle(1);
            return new HikariDataSource(config);
        }

        /** A new connection each time. */
        DataSource unpooled() {
            return new DriverManagerDataSource(url, username, password);
        }
    }

    /** Waits for what the notifier has taken for a moment. */
    static boolean noneIsTaken(HikariDataSource pool) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (pool.getHikariPoolMXBean().getActiveConnections() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return pool.getHikariPoolMXBean().getActiveConnections() == 0;
    }

    static Coordinates newPostgres() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return new Coordinates(database.jdbcUrl(), database.username(), database.password());
    }

    static Coordinates newH2InMemory() {
        return new Coordinates("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    static Coordinates h2File(Path folder) {
        return new Coordinates(
                "jdbc:h2:file:" + folder.resolve("events").toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }
}
