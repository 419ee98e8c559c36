package io.eventsourcing.eventstoredb;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.kurrent.dbclient.KurrentDBClient;
import java.util.Optional;

/**
 * The server that tests run on which need no faults: the real one that {@code EVENTSTOREDB_URI} names, if it is set, else
 * one in this process.
 */
final class TestedServer implements AutoCloseable {

    private static final Optional<String> REAL = Optional.ofNullable(System.getenv("EVENTSTOREDB_URI"));

    private final Optional<EventStoreDbServer> inProcess;

    private TestedServer(Optional<EventStoreDbServer> inProcess) {
        this.inProcess = inProcess;
    }

    static TestedServer start() {
        return new TestedServer(REAL.isPresent() ? Optional.empty() : Optional.of(EventStoreDbServer.start()));
    }

    /** In this process, whatever is set. */
    static TestedServer ofVersion(String version) {
        return new TestedServer(
                Optional.of(EventStoreDbServer.builder().version(version).start()));
    }

    EventStoreDbEventStore.Builder store() {
        EventStoreDbEventStore.Builder builder = EventStoreDbEventStore.builder(connectionString());
        rootCertificates().ifPresent(builder::rootCertificates);
        return builder;
    }

    /** The official client, for what others do on the server. */
    KurrentDBClient client() {
        return new ClientFactory(
                        ConnectionString.parse(connectionString()),
                        rootCertificates().map(RootCertificates::new),
                        new ServerNames(""))
                .create(new CallWatch(), Optional.empty());
    }

    private String connectionString() {
        return inProcess
                .map(EventStoreDbServer::connectionString)
                .or(() -> REAL)
                .orElseThrow();
    }

    private Optional<String> rootCertificates() {
        return inProcess.isPresent()
                ? Optional.empty()
                : Optional.ofNullable(System.getenv("EVENTSTOREDB_ROOT_CERTIFICATES"));
    }

    @Override
    public void close() {
        inProcess.ifPresent(EventStoreDbServer::close);
    }
}
