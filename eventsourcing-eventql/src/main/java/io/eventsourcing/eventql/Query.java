package io.eventsourcing.eventql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A query, of which {@link QueryRules} say that it makes sense. */
record Query(
        List<Source> sources,
        Optional<Expression> condition,
        Optional<Grouping> grouping,
        Optional<Ordering> ordering,
        Range range,
        Projection projection,
        List<AggregateCall> aggregates) {

    record Grouping(Expression key, Optional<Expression> condition) {}

    record Ordering(Expression key, boolean descending) {}

    record Range(long skip, OptionalLong top) {}

    record Projection(Expression expression, boolean distinct) {}

    /** Whether a row of the result stands for many rows. */
    boolean isAggregated() {
        return grouping.isPresent() || !aggregates.isEmpty();
    }

    Type rowType() {
        return projection.expression().type(Scope.of(sources));
    }
}
