package io.eventsourcing.jdbc;

import java.util.Locale;

class PostgresProjectionTablesTest extends ProjectionTablesContract {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newPostgres();
    }

    @Override
    int indexes(String schema) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM pg_indexes WHERE schemaname = ? AND tablename = 'dog_list'",
                Integer.class,
                schema.toLowerCase(Locale.ROOT));
    }

    @Override
    String column(String name) {
        return name;
    }

    @Override
    void fillMany() {
        jdbc.update("INSERT INTO many SELECT x % 3, x, 'row ' || x FROM generate_series(1, 100000) AS x");
    }

    @Override
    String generatedColumn() {
        return "twice INTEGER GENERATED ALWAYS AS (a * 2) STORED";
    }

    @Override
    String json() {
        return "?::json";
    }
}
