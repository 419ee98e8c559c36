package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where one contest takes place. What it hands out is new, and gone when it is closed. */
final class Arena implements AutoCloseable {

    private final Servers servers;
    private final Options options;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private @Nullable Path h2File;

    Arena(Servers servers, Options options) {
        this.servers = servers;
        this.options = options;
    }

    /** Another one, to be closed before this one. */
    Arena fresh() {
        return new Arena(servers, options);
    }

    int events(int full) {
        return options.events(full);
    }

    long millis(long full) {
        return options.millis(full);
    }

    HikariDataSource database(Vendor vendor, int connections) throws SQLException {
        return vendor == Vendor.H2 ? h2(connections) : postgres(connections);
    }

    HikariDataSource postgres(int connections) throws SQLException {
        return postgres(connections, "");
    }

    /** @param parameters of the driver, as the end of its URL */
    HikariDataSource postgres(int connections, String parameters) throws SQLException {
        String name = servers.newName();
        HikariDataSource pool = servers.createPostgres(name, connections, parameters);
        resources.push(() -> servers.dropPostgres(name));
        return closing(pool);
    }

    HikariDataSource h2(int connections) {
        String name = servers.newName();
        HikariDataSource pool = servers.createH2(name, connections);
        resources.push(() -> servers.dropH2(name));
        h2File = servers.h2File(name);
        return closing(pool);
    }

    /** The file of the database that {@link #h2} has made last. */
    Path h2File() {
        return Objects.requireNonNull(h2File);
    }

    /** A store in this database, whose tables are made if need be. */
    JdbcEventStore store(HikariDataSource pool) {
        return closing(JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open());
    }

    <T extends AutoCloseable> T closing(T resource) {
        resources.push(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }
}
