package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code a + b} and its like. Division by 0 is null. */
record Arithmetic(String operator, Expression left, Expression right, Location at) implements Expression {

    @Override
    public List<Expression> operands() {
        return List.of(left, right);
    }

    @Override
    public Type type(Scope scope) {
        left.require(Kind.NUMBER, scope, operator);
        right.require(Kind.NUMBER, scope, operator);
        return Type.of(Kind.NUMBER);
    }

    @Override
    public @Nullable Object value(Row row) {
        if (!(left.value(row) instanceof BigDecimal first) || !(right.value(row) instanceof BigDecimal second)) {
            return null;
        }
        boolean divides = operator.equals("/");
        return divides && second.signum() == 0 ? null : Numbers.bounded(result(first, second));
    }

    private BigDecimal result(BigDecimal first, BigDecimal second) {
        return switch (operator) {
            case "+" -> first.add(second, Numbers.PRECISION);
            case "-" -> first.subtract(second, Numbers.PRECISION);
            case "*" -> first.multiply(second, Numbers.PRECISION);
            default -> first.divide(second, Numbers.PRECISION);
        };
    }
}
