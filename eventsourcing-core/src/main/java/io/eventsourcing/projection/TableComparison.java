package io.eventsourcing.projection;

import java.util.List;
import java.util.Map;

/**
 * How a table differs from the copy that a rebuild has written.
 *
 * @param rows in the table
 * @param rebuiltRows in the copy
 * @param missing rows that the copy hasn't got
 * @param added rows that only the copy has got
 * @param changed rows of one key that have another content in the copy
 * @param examples some of the differences
 */
public record TableComparison(
        String table,
        long rows,
        long rebuiltRows,
        long missing,
        long added,
        long changed,
        List<RowDifference> examples) {

    /**
     * A row that differs.
     *
     * @param key the columns of the primary key
     * @param columns the names of the columns that differ; empty if the row is on one side only
     */
    public record RowDifference(Kind kind, Map<String, String> key, List<String> columns) {

        public RowDifference {
            key = Map.copyOf(key);
            columns = List.copyOf(columns);
        }
    }

    /** On which side a row is. */
    public enum Kind {
        MISSING,
        ADDED,
        CHANGED
    }

    public TableComparison {
        examples = List.copyOf(examples);
    }

    /** The same, with other examples. */
    public TableComparison withExamples(List<RowDifference> described) {
        return new TableComparison(table, rows, rebuiltRows, missing, added, changed, described);
    }

    /** Whether both have the same rows. */
    public boolean isEqual() {
        return missing == 0 && added == 0 && changed == 0;
    }
}
