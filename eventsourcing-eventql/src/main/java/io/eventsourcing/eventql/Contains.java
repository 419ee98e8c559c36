package io.eventsourcing.eventql;

import java.util.List;

/** {@code array CONTAINS element}. False if the left side is no array. */
record Contains(Expression array, Expression element, Location at) implements Expression {

    @Override
    public List<Expression> operands() {
        return List.of(array, element);
    }

    @Override
    public Type type(Scope scope) {
        array.require(Kind.ARRAY, scope, "CONTAINS, on its left side,");
        element.type(scope);
        return Type.of(Kind.BOOLEAN);
    }

    @Override
    public Boolean value(Row row) {
        Object sought = element.value(row);
        return array.value(row) instanceof List<?> elements
                && elements.stream().anyMatch(candidate -> Values.areEqual(candidate, sought));
    }
}
