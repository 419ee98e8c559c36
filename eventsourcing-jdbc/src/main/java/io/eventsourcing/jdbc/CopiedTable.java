package io.eventsourcing.jdbc;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table that a projection writes to, and of which a schema holds a copy.
 *
 * @param name as it was asked for
 * @param schema where the database finds it
 * @param table as the catalogue spells it
 * @param key the columns of the primary key
 * @param columns all of them, in their order
 * @param parents the tables that its foreign keys point to, {@linkplain #qualified quoted}
 * @param referenced whether foreign keys point to it, so that rows of others depend on its rows
 */
record CopiedTable(
        String name,
        String schema,
        String table,
        List<String> key,
        List<Column> columns,
        Set<String> parents,
        boolean referenced) {

    /** @param generated whether the database computes it from others, so that nobody can write it */
    record Column(String name, String type, boolean generated) {}

    /** Where readers find it. */
    String live() {
        return in(schema);
    }

    /** Whether it has a foreign key to the other one, or to itself. */
    boolean pointsTo(CopiedTable other) {
        return parents.contains(other.live());
    }

    /** The same table in another schema. */
    String in(String otherSchema) {
        return qualified(otherSchema, table);
    }

    /** The columns that are written. */
    List<Column> written() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    /** The columns that are written and aren't part of the key. */
    List<Column> content() {
        return written().stream().filter(column -> !key.contains(column.name())).toList();
    }

    /** For {@code t} and {@code c}: rows of the same key. */
    String sameKey() {
        return key.stream()
                .map(column -> "t." + quoted(column) + " = c." + quoted(column))
                .collect(Collectors.joining(" AND "));
    }

    /** @param alias of the table */
    static String list(List<Column> columns, String alias) {
        return joined(columns, column -> alias + "." + quoted(column.name()));
    }

    static String list(List<Column> columns) {
        return joined(columns, column -> quoted(column.name()));
    }

    private static String joined(List<Column> columns, Function<Column, String> item) {
        return columns.stream().map(item).collect(Collectors.joining(", "));
    }

    static String qualified(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
