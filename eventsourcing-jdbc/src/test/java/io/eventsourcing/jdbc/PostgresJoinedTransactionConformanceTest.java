package io.eventsourcing.jdbc;

class PostgresJoinedTransactionConformanceTest extends JoinedTransactionConformance {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newPostgres();
    }
}
