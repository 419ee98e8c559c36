package io.eventsourcing.jdbc;

class PostgresConformanceTest extends JdbcConformance {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newPostgres();
    }
}
