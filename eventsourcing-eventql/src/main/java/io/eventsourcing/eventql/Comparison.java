package io.eventsourcing.eventql;

import java.util.List;
import java.util.OptionalInt;

/** {@code a == b} and its like. It is true or false, never null; what can't be compared is neither less nor greater. */
record Comparison(Operator operator, Expression left, Expression right, Location at) implements Expression {

    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        static Operator of(String symbol) {
            for (Operator operator : values()) {
                if (operator.symbol.equals(symbol)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(symbol);
        }

        /** With its sides exchanged. */
        Operator turned() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                default -> this;
            };
        }

        /** Whether it holds where the left side is less (negative), equal (0) or greater (positive). */
        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }

        boolean isOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }

        @Override
        public String toString() {
            return symbol;
        }
    }

    @Override
    public List<Expression> operands() {
        return List.of(left, right);
    }

    @Override
    public Type type(Scope scope) {
        Kind first = left.type(scope).kind();
        Kind second = right.type(scope).kind();
        if (!first.mayBe(second) && !second.mayBe(first)) {
            throw new EventQlException(at, first + " and " + second + " can't be compared with " + operator);
        }
        requireTime(left, second);
        requireTime(right, first);
        return Type.of(Kind.BOOLEAN);
    }

    /** A text that is compared with a time is read as one, so it had better be one. */
    private static void requireTime(Expression side, Kind other) {
        if (other.isTemporal()
                && side instanceof Literal literal
                && literal.content() instanceof String text
                && Times.as(other, text) == null) {
            throw new EventQlException(
                    side.at(),
                    "'" + text + "' is compared with " + other + ", and is none. Write " + Times.example(other));
        }
    }

    @Override
    public Boolean value(Row row) {
        Object first = left.value(row);
        Object second = right.value(row);
        if (!operator.isOrder()) {
            return Values.areEqual(first, second) == (operator == Operator.EQUAL);
        }
        OptionalInt comparison = Values.compare(first, second);
        return comparison.isPresent() && operator.holds(comparison.getAsInt());
    }
}
