package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Databases that keep what they acknowledge. */
final class Servers implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private int databases;

    Servers() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    HikariDataSource newPostgres(int connections) throws SQLException {
        String name = "benchmark" + databases++;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return pool("jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name, "postgres", connections);
    }

    static HikariDataSource newH2(Path folder, int connections) {
        return pool("jdbc:h2:file:" + folder.resolve("events") + ";WRITE_DELAY=0", "sa", connections);
    }

    private static HikariDataSource pool(String url, String user, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
