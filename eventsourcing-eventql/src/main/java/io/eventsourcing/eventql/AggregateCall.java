package io.eventsourcing.eventql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code SUM(a)}.
 *
 * @param index which one it is of its query, from 0
 */
record AggregateCall(Aggregate aggregate, int index, List<Expression> operands, Location at) implements Expression {

    AggregateCall {
        boolean counts = aggregate == Aggregate.COUNT && operands.isEmpty();
        if (!counts && operands.size() != 1) {
            String count = aggregate == Aggregate.COUNT ? "at most one argument" : "one argument";
            throw new EventQlException(at, aggregate + " takes " + count + ", and here are " + operands.size());
        }
    }

    @Override
    public Type type(Scope scope) {
        operands.forEach(operand -> operand.require(aggregate.parameter(), scope, aggregate.name()));
        return Type.of(aggregate.result());
    }

    /** What the rows behind this one have come to. */
    @Override
    public @Nullable Object value(Row row) {
        return row.aggregate(index);
    }

    /** What one of them adds. */
    @Nullable
    Object addend(Row row) {
        return operands.isEmpty() ? Boolean.TRUE : operands.get(0).value(row);
    }
}
