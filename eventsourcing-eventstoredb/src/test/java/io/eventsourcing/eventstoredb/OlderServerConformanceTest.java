package io.eventsourcing.eventstoredb;

/** Before appends to several streams, and with appends of at most 1 MiB. */
class OlderServerConformanceTest extends EventStoreDbConformance {

    @Override
    TestedServer newServer() {
        return TestedServer.ofVersion("24.10.0");
    }
}
