package io.eventsourcing.eventstoredb;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Real servers in containers, which Testcontainers removes when the JVM ends. Each starts when it is first asked for. */
enum DockerServer {
    KURRENTDB("kurrentplatform/kurrentdb:26.0", "KURRENTDB"),
    EVENTSTORE("eventstore/eventstore:24.10", "EVENTSTORE");

    private static final int PORT = 2113;

    private final GenericContainer<?> container;

    DockerServer(String image, String prefix) {
        container = new GenericContainer<>(DockerImageName.parse(image))
                .withEnv(prefix + "_INSECURE", "true")
                .withEnv(prefix + "_MEM_DB", "true")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/health/live").forPort(PORT).forStatusCode(204));
    }

    static boolean isAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    String connectionString() {
        container.start(); // does nothing if it runs
        return "kurrentdb://" + container.getHost() + ":" + container.getMappedPort(PORT) + "?tls=false";
    }
}
