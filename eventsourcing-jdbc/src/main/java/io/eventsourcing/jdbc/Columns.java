package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Binds rows to a PostgreSQL statement as one array for each column, from the first parameter on. */
final class Columns {

    private final PreparedStatement statement;
    private int index;

    Columns(PreparedStatement statement) {
        this.statement = statement;
    }

    void addInts(Stream<Integer> values) throws SQLException {
        add("int4", values.toArray(Integer[]::new));
    }

    void addLongs(Stream<Long> values) throws SQLException {
        add("int8", values.toArray(Long[]::new));
    }

    void addBooleans(Stream<Boolean> values) throws SQLException {
        add("bool", values.toArray(Boolean[]::new));
    }

    void addTexts(Stream<String> values) throws SQLException {
        add("varchar", values.toArray(String[]::new));
    }

    void addIds(Stream<? extends @Nullable UUID> values) throws SQLException {
        add("uuid", values.toArray());
    }

    /** By the type of the array, the driver knows whether it can send it in binary, which the server reads faster. */
    private void add(String type, Object[] values) throws SQLException {
        statement.setArray(++index, statement.getConnection().createArrayOf(type, values));
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
        add("text", texts.toArray(String[]::new));
    }

    /** A parameter that is no column. */
    void addNumber(int value) throws SQLException {
        statement.setInt(++index, value);
    }

    /** What is stored of events, in the order of the table's columns. */
    void addEvents(List<NewEvent> events) throws SQLException {
        addIds(events.stream().map(NewEvent::id));
        add("timestamptz", events.stream().map(PostgresSql::timestamp).toArray());
        addTexts(events.stream().map(NewEvent::type));
        addBytes(events, NewEvent::data);
        addBytes(events, NewEvent::metadata);
    }

    private void addBytes(List<NewEvent> events, Function<NewEvent, byte[]> bytes) throws SQLException {
        add("bytea", events.stream().map(bytes).toArray(byte[][]::new));
    }
}
