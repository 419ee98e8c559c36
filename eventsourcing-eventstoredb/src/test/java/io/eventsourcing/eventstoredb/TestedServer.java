package io.eventsourcing.eventstoredb;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
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
        EventStoreDbEventStore.Builder builder = EventStoreDbEventStore.builder(inProcess
                .map(EventStoreDbServer::connectionString)
                .or(() -> REAL)
                .orElseThrow());
        if (inProcess.isEmpty()) {
            Optional.ofNullable(System.getenv("EVENTSTOREDB_ROOT_CERTIFICATES")).ifPresent(builder::rootCertificates);
        }
        return builder;
    }

    @Override
    public void close() {
        inProcess.ifPresent(EventStoreDbServer::close);
    }
}
