package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Databases that keep what they acknowledge. */
final class Servers implements AutoCloseable {

    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres postgres;
    private final Path folder;
    private int databases;

    /** @param output on a real disk, as far as anybody knows */
    Servers(Path output) throws IOException, SQLException {
        Files.createDirectories(output);
        folder = Files.createTempDirectory(output.toAbsolutePath(), "databases");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "512MB")
                // else checkpoints fall into some rounds and not into others
                .setServerConfig("max_wal_size", "4GB");
        for (String setting : DURABILITY) {
            builder.setServerConfig(setting, "on"); // the library that starts it switches some of them off
        }
        postgres = builder.start();
        requireDurability();
    }

    private void requireDurability() throws SQLException {
        for (String setting : DURABILITY) {
            if (!"on".equals(query("SHOW " + setting))) {
                throw new IllegalStateException("PostgreSQL runs with " + setting + "=off: that measures nothing");
            }
        }
    }

    String version() throws SQLException {
        return "PostgreSQL " + query("SHOW server_version");
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    String newName() {
        return "benchmark" + databases++;
    }

    /** @param parameters of the driver, as the end of its URL */
    HikariDataSource createPostgres(String name, int connections, String parameters) throws SQLException {
        administer("CREATE DATABASE " + name);
        return pool(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name + parameters, "postgres", connections);
    }

    void dropPostgres(String name) throws SQLException {
        administer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Without WRITE_DELAY=0, H2 acknowledges commits up to half a second before it writes them. */
    HikariDataSource createH2(String name, int connections) {
        return pool("jdbc:h2:file:" + folder.resolve(name) + ";WRITE_DELAY=0", "sa", connections);
    }

    void dropH2(String name) throws IOException {
        Files.deleteIfExists(h2File(name));
    }

    Path h2File(String name) {
        return folder.resolve(name + ".mv.db");
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
        FileSystemUtils.deleteRecursively(folder);
    }
}
