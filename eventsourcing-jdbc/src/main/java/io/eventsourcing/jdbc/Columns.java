package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Binds rows to a PostgreSQL statement as one array for each column, from the first parameter on. */
final class Columns {

    private final PreparedStatement statement;
    private int index;

    Columns(PreparedStatement statement) {
        this.statement = statement;
    }

    void add(String type, Stream<?> values) throws SQLException {
        statement.setArray(++index, statement.getConnection().createArrayOf(type, values.toArray()));
    }

    /** A column of arrays, as texts. */
    void addArrays(Stream<Set<String>> values) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Set<String> value : values.toList()) {
            texts.add(statement
                    .getConnection()
                    .createArrayOf("text", value.toArray())
                    .toString());
        }
        add("text", texts.stream());
    }

    /** A parameter that is no column. */
    void addNumber(int value) throws SQLException {
        statement.setInt(++index, value);
    }

    /** What is stored of events, in the order of the table's columns. */
    void addEvents(List<NewEvent> events) throws SQLException {
        add("uuid", events.stream().map(NewEvent::id));
        add("timestamptz", events.stream().map(PostgresSql::timestamp));
        add("varchar", events.stream().map(NewEvent::type));
        addBytes(events, NewEvent::data);
        addBytes(events, NewEvent::metadata);
    }

    private void addBytes(List<NewEvent> events, Function<NewEvent, byte[]> bytes) throws SQLException {
        byte[][] values = events.stream().map(bytes).toArray(byte[][]::new);
        statement.setArray(++index, statement.getConnection().createArrayOf("bytea", values));
    }
}
