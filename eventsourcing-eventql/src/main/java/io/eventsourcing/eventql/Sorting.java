package io.eventsourcing.eventql;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sorts, and keeps no more rows than are wanted. Rows of equal keys stay in their order. */
final class Sorting {

    private record Entry(
            @Nullable Object key, long number, @Nullable Object value) {}

    private final Query.Ordering ordering;
    private final Expression projection;
    private final Execution execution;
    private final long wanted;
    private final PriorityQueue<Entry> lastFirst;
    private final Comparator<Entry> order;
    private long count;

    /** @param wanted how many of the first rows */
    Sorting(Query query, long wanted, Execution execution) {
        this.ordering = query.ordering().orElseThrow();
        this.projection = query.projection().expression();
        this.execution = execution;
        this.wanted = wanted;
        Comparator<Entry> keys = Comparator.comparing(Entry::key, Values.ORDER);
        this.order = (ordering.descending() ? keys.reversed() : keys).thenComparingLong(Entry::number);
        this.lastFirst = new PriorityQueue<>(order.reversed());
    }

    /** The projected rows. */
    Stream<@Nullable Object> of(Stream<Row> rows) {
        rows.forEachOrdered(this::add);
        return lastFirst.stream().sorted(order).map(Entry::value);
    }

    private void add(Row row) {
        Entry entry = new Entry(ordering.key().value(row), count++, projection.value(row));
        if (lastFirst.size() < wanted) {
            execution.keep();
            lastFirst.add(entry);
        } else if (wanted > 0 && order.compare(entry, lastFirst.element()) < 0) {
            lastFirst.remove();
            lastFirst.add(entry);
        }
    }
}
