package io.eventsourcing.test.postgres;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container, which Testcontainers removes when the JVM ends. */
record DockerPostgres(PostgreSQLContainer container) implements PostgresServer {

    private static final String IMAGE = "postgres:18-alpine";

    static boolean isAvailable() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (LinkageError | RuntimeException e) {
            return false; // without Testcontainers on the class path, or with an engine that answers nonsense
        }
    }

    static PostgresServer start() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withCommand(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "max_connections=" + MAX_CONNECTIONS,
                        "-c",
                        "max_prepared_transactions=" + MAX_PREPARED_TRANSACTIONS);
        container.start();
        return new DockerPostgres(container);
    }

    @Override
    public TestPostgres.Database administration() {
        return database(container.getDatabaseName());
    }

    @Override
    public TestPostgres.Database database(String name) {
        String url = "jdbc:postgresql://" + container.getHost() + ":"
                + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + name;
        return new TestPostgres.Database(url, container.getUsername(), container.getPassword());
    }
}
