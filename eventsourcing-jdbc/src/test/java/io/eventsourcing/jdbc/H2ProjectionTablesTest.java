package io.eventsourcing.jdbc;

import java.util.Locale;

class H2ProjectionTablesTest extends ProjectionTablesContract {

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.newH2InMemory();
    }

    @Override
    int indexes(String schema) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'DOG_LIST'",
                Integer.class,
                schema);
    }

    @Override
    String column(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    void fillMany() {
        jdbc.update("INSERT INTO many SELECT MOD(X, 3), X, 'row ' || X FROM SYSTEM_RANGE(1, 100000)");
    }

    @Override
    String generatedColumn() {
        return "twice INTEGER GENERATED ALWAYS AS (a * 2)";
    }

    @Override
    String json() {
        return "? FORMAT JSON";
    }
}
