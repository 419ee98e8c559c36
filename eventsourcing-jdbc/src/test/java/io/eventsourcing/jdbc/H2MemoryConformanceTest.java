package io.eventsourcing.jdbc;

class H2MemoryConformanceTest extends JdbcConformance {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newH2InMemory();
    }
}
