package io.eventsourcing.eventql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code [a, b]}. */
record ArrayOf(List<Expression> operands, Location at) implements Expression {

    @Override
    public Type type(Scope scope) {
        operands.forEach(operand -> operand.type(scope));
        return Type.of(Kind.ARRAY);
    }

    @Override
    public List<@Nullable Object> value(Row row) {
        List<@Nullable Object> elements = new ArrayList<>(operands.size());
        operands.forEach(operand -> elements.add(operand.value(row)));
        return elements;
    }
}
