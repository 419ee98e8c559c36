package io.eventsourcing.eventql;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names and aggregates of a query stand for. Immutable. */
final class Row {

    private final Instant now;
    private final Map<String, @Nullable Object> values;
    private final @Nullable Object[] aggregates;

    private Row(Instant now, Map<String, @Nullable Object> values, @Nullable Object[] aggregates) {
        this.now = now;
        this.values = values;
        this.aggregates = aggregates;
    }

    static Row empty(Instant now) {
        return new Row(now, Map.of(), new Object[0]);
    }

    Row with(String alias, @Nullable Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(values);
        more.put(alias, value);
        return new Row(now, more, aggregates);
    }

    /** A row that stands for many. */
    Row with(@Nullable Object[] results) {
        return new Row(now, values, results);
    }

    @Nullable
    Object value(String alias) {
        return values.get(alias);
    }

    @Nullable
    Object aggregate(int index) {
        return aggregates[index];
    }

    /** The same for all rows of a query. */
    Instant now() {
        return now;
    }
}
