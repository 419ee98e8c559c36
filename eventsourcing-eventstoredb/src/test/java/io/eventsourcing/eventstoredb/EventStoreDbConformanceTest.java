package io.eventsourcing.eventstoredb;

class EventStoreDbConformanceTest extends EventStoreDbConformance {

    @Override
    TestedServer newServer() {
        return TestedServer.start();
    }
}
