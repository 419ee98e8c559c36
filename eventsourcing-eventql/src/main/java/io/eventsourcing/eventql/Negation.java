package io.eventsourcing.eventql;

import java.util.List;

/** {@code NOT a}: false if {@code a} is true, else true. */
record Negation(Expression operand, Location at) implements Expression {

    @Override
    public List<Expression> operands() {
        return List.of(operand);
    }

    @Override
    public Type type(Scope scope) {
        operand.require(Kind.BOOLEAN, scope, "NOT");
        return Type.of(Kind.BOOLEAN);
    }

    @Override
    public Boolean value(Row row) {
        return !Values.isTrue(operand.value(row));
    }
}
