package io.eventsourcing.jdbc;

class PostgresProjectionConformanceTest extends JdbcProjectionConformance {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newPostgres();
    }
}
