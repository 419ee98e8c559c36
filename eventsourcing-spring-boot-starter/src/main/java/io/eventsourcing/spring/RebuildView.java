package io.eventsourcing.spring;

import io.eventsourcing.projection.RebuildStatus;
import io.eventsourcing.projection.TableComparison;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild, as operators see it.
 *
 * @param done the share of what the projection has done that is rebuilt, from 0 to 1
 * @param remaining until it has caught up; null if nobody can tell yet
 * @param comparison of the tables, if that was asked for
 */
record RebuildView(
        Instant since,
        long position,
        double done,
        @Nullable Duration remaining,
        long handled,
        double rate,
        @Nullable String lastError,
        long deadLetters,
        @Nullable List<Comparison> comparison) {

    static RebuildView of(RebuildStatus status, @Nullable List<TableComparison> comparison) {
        return new RebuildView(
                status.since(),
                status.position(),
                status.done(),
                status.remaining().orElse(null),
                status.handled(),
                status.rate(),
                status.lastError().orElse(null),
                status.deadLetters(),
                comparison == null
                        ? null
                        : comparison.stream().map(Comparison::of).toList());
    }

    /** How a table differs from what was rebuilt. */
    record Comparison(
            String table,
            long rows,
            long rebuiltRows,
            long missing,
            long added,
            long changed,
            List<Difference> examples) {

        static Comparison of(TableComparison comparison) {
            return new Comparison(
                    comparison.table(),
                    comparison.rows(),
                    comparison.rebuiltRows(),
                    comparison.missing(),
                    comparison.added(),
                    comparison.changed(),
                    comparison.examples().stream().map(Difference::of).toList());
        }
    }

    /** A row that differs: its key, and the columns, without what is in them. */
    record Difference(String kind, Map<String, String> key, List<String> columns) {

        static Difference of(TableComparison.RowDifference difference) {
            return new Difference(
                    difference.kind().name().toLowerCase(Locale.ROOT), difference.key(), difference.columns());
        }
    }
}
