package io.eventsourcing.test.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A server whose binaries come from the class path. It has its own shutdown hook. */
record EmbeddedServer(EmbeddedPostgres server) implements PostgresServer {

    private static final String USER = "postgres";

    static PostgresServer start() {
        try {
            return new EmbeddedServer(EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", String.valueOf(MAX_CONNECTIONS))
                    .setServerConfig("max_prepared_transactions", String.valueOf(MAX_PREPARED_TRANSACTIONS))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL didn't start", e);
        }
    }

    @Override
    public TestPostgres.Database administration() {
        return database("postgres");
    }

    @Override
    public TestPostgres.Database database(String name) {
        return new TestPostgres.Database(
                "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER, "postgres");
    }
}
