package io.eventsourcing.jdbc;

import io.eventsourcing.jdbc.CopiedTable.Column;
import io.eventsourcing.projection.ProjectionDefinitionException;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Finds the tables of a projection as its handlers find them, and refuses what can't be copied. */
final class TableCatalogue {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\x00]|\"\")+)\"");
    private static final Set<String> TABLE_TYPES = Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE");

    private static final String COLUMNS = """
            SELECT COLUMN_NAME, DATA_TYPE, IS_GENERATED FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION""";

    /** The end of a foreign key at which the table is that was asked for. */
    private enum End {
        CHILD("PKTABLE_"),
        PARENT("FKTABLE_");

        private final String other;

        End(String other) {
            this.other = other;
        }

        ResultSet keys(DatabaseMetaData database, String schema, String table) throws SQLException {
            return this == CHILD
                    ? database.getImportedKeys(null, schema, table)
                    : database.getExportedKeys(null, schema, table);
        }
    }

    private final JdbcOperations jdbc;
    private final TableCopies copies;

    TableCatalogue(JdbcOperations jdbc, TableCopies copies) {
        this.jdbc = jdbc;
        this.copies = copies;
    }

    /**
     * Tables whose rows can be copied and compared, each before those that its foreign keys point to.
     *
     * @throws ProjectionDefinitionException if there is another one among them, with what to do about it
     */
    List<CopiedTable> childrenFirst(List<String> names) {
        Map<String, CopiedTable> found = new LinkedHashMap<>();
        for (String name : names) {
            CopiedTable table = find(name);
            if (found.put(table.live(), table) != null) {
                throw refused(name, "is named twice: leave out one of them");
            }
        }
        return childrenFirst(found.values().stream().toList(), new ArrayList<>());
    }

    private static List<CopiedTable> childrenFirst(List<CopiedTable> left, List<CopiedTable> sorted) {
        if (left.isEmpty()) {
            return sorted;
        }
        List<CopiedTable> children = left.stream()
                .filter(table -> left.stream().noneMatch(child -> child.pointsTo(table)))
                .toList();
        if (children.isEmpty()) {
            throw new ProjectionDefinitionException("The foreign keys of the tables "
                    + left.stream().map(CopiedTable::name).collect(Collectors.joining(", "))
                    + " point to each other in a circle, so there is no order in which their rows could be replaced: drop one"
                    + " of the foreign keys");
        }
        sorted.addAll(children);
        return childrenFirst(
                left.stream().filter(table -> !children.contains(table)).toList(), sorted);
    }

    private CopiedTable find(String name) {
        String table = folded(name);
        if (table.toLowerCase(Locale.ROOT).startsWith("es_")) {
            throw refused(
                    name, "has a name that begins with es_, as the tables of the library do: give it another one");
        }
        String schema = copies.schemaOf(jdbc, table)
                .orElseThrow(
                        () -> refused(name, "isn't there: make it before the projection is run, or correct its name"));
        requireTable(name, schema, table);
        List<String> key = primaryKey(schema, table);
        if (key.isEmpty()) {
            throw refused(name, "has no primary key, by which its rows could be compared: give it one");
        }
        return new CopiedTable(
                name,
                schema,
                table,
                key,
                columns(schema, table),
                others(End.CHILD, schema, table),
                !others(End.PARENT, schema, table).isEmpty());
    }

    private String folded(String name) {
        if (PLAIN.matcher(name).matches()) {
            return copies.folded(name);
        }
        Matcher quoted = QUOTED.matcher(name);
        if (quoted.matches()) {
            return quoted.group(1).replace("\"\"", "\"");
        }
        throw refused(
                name,
                "is no name of a table: it has to be named as handlers name it, without a schema, by letters, digits and _,"
                        + " or in double quotes");
    }

    private static ProjectionDefinitionException refused(String name, String why) {
        return new ProjectionDefinitionException("The table " + name + " of a projection " + why);
    }

    private void requireTable(String name, String schema, String table) {
        List<String> types = metadata(database -> {
            List<String> found = new ArrayList<>();
            try (ResultSet rows = database.getTables(null, pattern(database, schema), pattern(database, table), null)) {
                while (rows.next()) {
                    found.add(rows.getString("TABLE_TYPE"));
                }
            }
            return found;
        });
        if (types.stream().noneMatch(TABLE_TYPES::contains)) {
            throw refused(
                    name, "is none, but " + types + ": name the tables behind it, and let handlers write to them");
        }
    }

    private static String pattern(DatabaseMetaData database, String name) throws SQLException {
        String escape = database.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }

    private List<String> primaryKey(String schema, String table) {
        return metadata(database -> {
            Map<Short, String> columns = new TreeMap<>();
            try (ResultSet rows = database.getPrimaryKeys(null, schema, table)) {
                while (rows.next()) {
                    columns.put(rows.getShort("KEY_SEQ"), rows.getString("COLUMN_NAME"));
                }
            }
            return List.copyOf(columns.values());
        });
    }

    private List<Column> columns(String schema, String table) {
        return jdbc.query(
                COLUMNS,
                (row, index) -> new Column(
                        row.getString(1), row.getString(2), row.getString(3).equals("ALWAYS")),
                schema,
                table);
    }

    /** The tables at the other end of foreign keys, in quotes and with their schemas. */
    private Set<String> others(End end, String schema, String table) {
        return metadata(database -> {
            Set<String> tables = new HashSet<>();
            try (ResultSet rows = end.keys(database, schema, table)) {
                while (rows.next()) {
                    tables.add(CopiedTable.qualified(
                            rows.getString(end.other + "SCHEM"), rows.getString(end.other + "NAME")));
                }
            }
            return tables;
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(DatabaseMetaData database) throws SQLException;
    }

    private <T> T metadata(Reading<T> reading) {
        ConnectionCallback<T> callback = connection -> reading.read(connection.getMetaData());
        return Objects.requireNonNull(jdbc.execute(callback));
    }
}
