package io.eventsourcing.eventql;

import java.util.List;

/** {@code a AND b} and its like. It is true or false: what isn't true counts as false, null too. */
record Logic(Operator operator, Expression left, Expression right, Location at) implements Expression {

    enum Operator {
        AND,
        OR,
        XOR
    }

    @Override
    public List<Expression> operands() {
        return List.of(left, right);
    }

    @Override
    public Type type(Scope scope) {
        left.require(Kind.BOOLEAN, scope, operator.name());
        right.require(Kind.BOOLEAN, scope, operator.name());
        return Type.of(Kind.BOOLEAN);
    }

    @Override
    public Boolean value(Row row) {
        boolean first = Values.isTrue(left.value(row));
        return switch (operator) {
            case AND -> first && Values.isTrue(right.value(row));
            case OR -> first || Values.isTrue(right.value(row));
            case XOR -> first != Values.isTrue(right.value(row));
        };
    }
}
