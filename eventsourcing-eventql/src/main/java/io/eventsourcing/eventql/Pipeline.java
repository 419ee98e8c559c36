package io.eventsourcing.eventql;

import io.eventsourcing.store.RecordedEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers a query: sources, WHERE, GROUP BY, ORDER BY, PROJECT INTO, DISTINCT, SKIP, TOP, in this order. */
final class Pipeline {

    private final Query query;
    private final Execution execution;

    private Pipeline(Query query, Execution execution) {
        this.query = query;
        this.execution = execution;
    }

    /** The rows, lazily where the query allows it. */
    static Stream<@Nullable Object> rows(Query query, Execution execution) {
        return new Pipeline(query, execution).rows();
    }

    private Stream<@Nullable Object> rows() {
        Stream<Row> rows = sources().filter(this::isWanted);
        Stream<@Nullable Object> values = projected(query.isAggregated() ? Groups.of(rows, query, execution) : rows);
        Stream<@Nullable Object> left = query.projection().distinct() ? distinct(values) : values;
        Query.Range range = query.range();
        return left.skip(range.skip()).limit(range.top().orElse(Long.MAX_VALUE));
    }

    private boolean isWanted(Row row) {
        return query.condition().isEmpty()
                || Values.isTrue(query.condition().get().value(row));
    }

    private Stream<@Nullable Object> projected(Stream<Row> rows) {
        return query.ordering().isPresent() && !isReadInOrder()
                ? new Sorting(query, wanted(), execution).of(rows)
                : rows.map(query.projection().expression()::value);
    }

    /** How many sorted rows are looked at. */
    private long wanted() {
        Query.Range range = query.range();
        boolean unknown = query.projection().distinct() || range.top().isEmpty();
        long sum = range.skip() + range.top().orElse(0);
        return unknown || sum < 0 ? Long.MAX_VALUE : sum;
    }

    private Stream<@Nullable Object> distinct(Stream<@Nullable Object> values) {
        Set<@Nullable Object> seen = new HashSet<>();
        return values.filter(value -> isNew(value, seen));
    }

    private boolean isNew(@Nullable Object value, Set<@Nullable Object> seen) {
        boolean isNew = seen.add(value);
        if (isNew) {
            execution.keep();
        }
        return isNew;
    }

    private Stream<Row> sources() {
        Source first = query.sources().get(0);
        Row empty = execution.emptyRow();
        Stream<Row> rows = values(first).map(value -> empty.with(first.alias(), value));
        for (Source next : query.sources().subList(1, query.sources().size())) {
            rows = product(rows, next);
        }
        return rows;
    }

    /** Each of the rows with each value of another source, which is read once and kept. */
    private Stream<Row> product(Stream<Row> rows, Source source) {
        List<@Nullable Object> values =
                values(source).peek(value -> execution.keep()).toList();
        return rows.flatMap(row -> values.stream().map(value -> {
            execution.requireTime();
            return row.with(source.alias(), value);
        }));
    }

    private Stream<@Nullable Object> values(Source source) {
        Origin origin = source.origin();
        if (origin instanceof Origin.Nested nested) {
            return rows(nested.query(), execution);
        }
        if (origin instanceof Origin.Events) {
            return events(source).map(EventRecord::new);
        }
        Function<RecordedEvent, @Nullable Object> name =
                origin instanceof Origin.Subjects ? event -> event.stream().value() : RecordedEvent::type;
        return distinct(execution.events(Search.EVERYWHERE, false).map(name));
    }

    private Stream<RecordedEvent> events(Source source) {
        Optional<Search> search =
                query.condition().map(condition -> PushDown.search(condition, source.alias(), execution.emptyRow()));
        boolean backwards = isReadInOrder() && query.ordering().orElseThrow().descending();
        return execution.events(search.orElse(Search.EVERYWHERE), backwards);
    }

    private boolean isReadInOrder() {
        Source first = query.sources().get(0);
        return query.sources().size() == 1
                && first.origin() instanceof Origin.Events
                && !query.isAggregated()
                && query.ordering().isPresent()
                && PushDown.isReadingOrder(query.ordering().get().key(), first.alias());
    }
}
