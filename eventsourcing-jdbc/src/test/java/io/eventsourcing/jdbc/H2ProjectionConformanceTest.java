package io.eventsourcing.jdbc;

class H2ProjectionConformanceTest extends JdbcProjectionConformance {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newH2InMemory();
    }
}
