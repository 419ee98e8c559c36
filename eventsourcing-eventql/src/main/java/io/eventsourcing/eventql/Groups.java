package io.eventsourcing.eventql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one row of each group, in the order of their first rows; without GROUP BY, one of all rows, even of none. */
final class Groups {

    private final Query query;
    private final Execution execution;
    private final Map<@Nullable Object, List<Accumulator>> groups = new LinkedHashMap<>();

    private Groups(Query query, Execution execution) {
        this.query = query;
        this.execution = execution;
        if (query.grouping().isEmpty()) {
            groups.put(null, start());
        }
    }

    static Stream<Row> of(Stream<Row> rows, Query query, Execution execution) {
        Groups groups = new Groups(query, execution);
        rows.forEachOrdered(groups::add);
        return groups.rows();
    }

    private List<Accumulator> start() {
        execution.keep();
        return query.aggregates().stream().map(call -> call.aggregate().start()).toList();
    }

    private void add(Row row) {
        Object key =
                query.grouping().map(grouping -> grouping.key()).orElse(NO_KEY).value(row);
        List<Accumulator> group = groups.computeIfAbsent(key, absent -> start());
        for (AggregateCall call : query.aggregates()) {
            if (call.aggregate().keepsValues()) {
                execution.keep();
            }
            group.get(call.index()).add(call.addend(row));
        }
    }

    private static final Expression NO_KEY = new Literal(null, new Location(1, 1));

    private Stream<Row> rows() {
        Row empty = execution.emptyRow();
        return groups.values().stream()
                .map(group -> empty.with(group.stream().map(Accumulator::result).toArray()))
                .filter(this::isWanted);
    }

    private boolean isWanted(Row row) {
        return query.grouping()
                .flatMap(Query.Grouping::condition)
                .map(condition -> Values.isTrue(condition.value(row)))
                .orElse(true);
    }
}
