package io.eventsourcing.eventstoredb;

class StreamPrefixConformanceTest extends EventStoreDbConformance {

    @Override
    TestedServer newServer() {
        return TestedServer.start();
    }

    @Override
    EventStoreDbEventStore.Builder store(TestedServer server) {
        return server.store().streamPrefix("school.");
    }
}
