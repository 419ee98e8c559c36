package io.eventsourcing.jdbc;

import static io.eventsourcing.jdbc.CopiedTable.list;
import static io.eventsourcing.jdbc.CopiedTable.quoted;

import io.eventsourcing.jdbc.CopiedTable.Column;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.projection.TableComparison.Kind;
import io.eventsourcing.projection.TableComparison.RowDifference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/**
 * The rows of a table beside those of its copy. In all statements {@code t} is the table, and {@code c} is the copy; they are
 * joined by the primary key, so that an index or a hash of it finds the other row.
 */
final class CopiedRows {

    private final JdbcOperations jdbc;
    private final TableCopies copies;
    private final CopiedTable table;
    private final String live;
    private final String copy;
    private final String sameKey;
    private final String differ;

    CopiedRows(JdbcOperations jdbc, TableCopies copies, CopiedTable table, String schema) {
        this.jdbc = jdbc;
        this.copies = copies;
        this.table = table;
        this.live = table.live() + " t";
        this.copy = table.in(schema) + " c";
        this.sameKey = table.sameKey() + " AND " + copies.asked();
        this.differ = copies.differ(table.written());
    }

    /** @param examples how many differences are described at most */
    TableComparison compare(int examples) {
        String counts = "SELECT (SELECT COUNT(*) FROM " + live + " WHERE " + copies.asked()
                + "), (SELECT COUNT(*) FROM "
                + copy + " WHERE " + copies.asked() + "), COUNT(*), COUNT(*) FILTER (WHERE " + differ + ") FROM " + live
                + " JOIN " + copy + " ON " + sameKey;
        RowMapper<TableComparison> mapper = (row, index) -> {
            long rows = row.getLong(1);
            long rebuilt = row.getLong(2);
            long both = row.getLong(3);
            return new TableComparison(
                    table.name(), rows, rebuilt, rows - both, rebuilt - both, row.getLong(4), List.of());
        };
        TableComparison counted = Objects.requireNonNull(jdbc.queryForObject(counts, mapper));
        return counted.withExamples(examples(counted, examples));
    }

    private List<RowDifference> examples(TableComparison counted, int limit) {
        List<RowDifference> examples = new ArrayList<>();
        if (counted.missing() > 0) {
            examples.addAll(oneSided(Kind.MISSING, "t", live, copy, limit));
        }
        if (counted.added() > 0) {
            examples.addAll(oneSided(Kind.ADDED, "c", copy, live, limit - examples.size()));
        }
        if (counted.changed() > 0) {
            examples.addAll(changed(limit - examples.size()));
        }
        return examples;
    }

    private List<RowDifference> oneSided(Kind kind, String alias, String here, String there, int limit) {
        return jdbc.query(
                "SELECT " + key(alias) + " FROM " + here + " WHERE " + notIn(there, sameKey) + " ORDER BY " + key(alias)
                        + " LIMIT " + limit,
                (row, index) -> new RowDifference(kind, key(row), List.of()));
    }

    private List<RowDifference> changed(int limit) {
        List<Column> columns = table.written();
        String differing =
                columns.stream().map(column -> copies.differ(List.of(column))).collect(Collectors.joining(", "));
        return jdbc.query(
                "SELECT " + key("t") + ", " + differing + " FROM " + live + " JOIN " + copy + " ON " + sameKey
                        + " WHERE " + differ + " ORDER BY " + key("t") + " LIMIT " + limit,
                (row, index) -> new RowDifference(Kind.CHANGED, key(row), marked(columns, row)));
    }

    private String key(String alias) {
        return table.key().stream().map(column -> alias + "." + quoted(column)).collect(Collectors.joining(", "));
    }

    private Map<String, String> key(ResultSet row) throws SQLException {
        Map<String, String> key = new HashMap<>();
        for (int i = 0; i < table.key().size(); i++) {
            key.put(table.key().get(i), row.getString(i + 1));
        }
        return key;
    }

    private List<String> marked(List<Column> columns, ResultSet row) throws SQLException {
        List<String> marked = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (row.getBoolean(table.key().size() + i + 1)) {
                marked.add(columns.get(i).name());
            }
        }
        return marked;
    }

    /**
     * Deletes the rows that the copy hasn't got. Those that differ go as well, before any row is written: another one may
     * have their unique values now. But where other rows point to them they stay, and {@link #write} changes them.
     */
    void delete() {
        String kept = table.referenced() ? sameKey : sameKey + " AND NOT " + differ;
        jdbc.update("DELETE FROM " + live + " WHERE " + notIn(copy, kept));
    }

    /** Writes the rows of the copy that aren't there as they should be. */
    void write() {
        List<Column> content = table.content();
        if (table.referenced() && !content.isEmpty()) {
            jdbc.update("UPDATE " + live + " SET (" + list(content) + ") = (SELECT " + list(content, "c") + " FROM "
                    + copy
                    + " WHERE " + sameKey + ") WHERE EXISTS (SELECT 1 FROM " + copy + " WHERE " + sameKey + " AND "
                    + differ + ")");
        }
        List<Column> written = table.written();
        jdbc.update("INSERT INTO " + table.live() + " (" + list(written) + ") OVERRIDING SYSTEM VALUE SELECT "
                + list(written, "c") + " FROM " + copy + " WHERE " + notIn(live, sameKey));
    }

    private static String notIn(String other, String condition) {
        return "NOT EXISTS (SELECT 1 FROM " + other + " WHERE " + condition + ")";
    }
}
