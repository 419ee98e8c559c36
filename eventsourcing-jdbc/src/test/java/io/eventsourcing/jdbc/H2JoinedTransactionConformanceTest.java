package io.eventsourcing.jdbc;

class H2JoinedTransactionConformanceTest extends JoinedTransactionConformance {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newH2InMemory();
    }
}
