package io.eventsourcing.eventstoredb;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.kurrent.dbclient.KurrentDBClient;
import java.util.Optional;

/**
 * The server that tests run on which need no faults: the real one that {@code EVENTSTOREDB_URI} names, if it is set; else
 * one in a container, where a Docker engine answers; else one in this process.
 *
 * @param rootCertificates none for those of Java
 * @param end closes what was started for one test
 */
record TestedServer(String connectionString, Optional<String> rootCertificates, Runnable end) implements AutoCloseable {

    private static final Optional<TestedServer> REAL = Optional.ofNullable(System.getenv("EVENTSTOREDB_URI"))
            .map(uri -> shared(uri, Optional.ofNullable(System.getenv("EVENTSTOREDB_ROOT_CERTIFICATES"))));

    /** One that appends to several streams, unless the real one that is named doesn't. */
    static TestedServer start() {
        return REAL.or(() -> container(DockerServer.KURRENTDB)).orElseGet(() -> inProcess("25.1.1"));
    }

    /** Before version 25.1, unless it is the real one that is named. */
    static TestedServer startOlder() {
        return REAL.or(() -> container(DockerServer.EVENTSTORE)).orElseGet(() -> inProcess("24.10.0"));
    }

    private static Optional<TestedServer> container(DockerServer image) {
        return DockerServer.isAvailable()
                ? Optional.of(shared(image.connectionString(), Optional.empty()))
                : Optional.empty();
    }

    private static TestedServer shared(String connectionString, Optional<String> rootCertificates) {
        return new TestedServer(connectionString, rootCertificates, () -> {});
    }

    private static TestedServer inProcess(String version) {
        EventStoreDbServer server =
                EventStoreDbServer.builder().version(version).start();
        return new TestedServer(server.connectionString(), Optional.empty(), server::close);
    }

    EventStoreDbEventStore.Builder store() {
        EventStoreDbEventStore.Builder builder = EventStoreDbEventStore.builder(connectionString);
        rootCertificates.ifPresent(builder::rootCertificates);
        return builder;
    }

    /** The official client, for what others do on the server. */
    KurrentDBClient client() {
        return new ClientFactory(
                        ConnectionString.parse(connectionString),
                        rootCertificates.map(RootCertificates::new),
                        new ServerNames(""))
                .create(new CallWatch("The server"), Optional.empty());
    }

    @Override
    public void close() {
        end.run();
    }
}
