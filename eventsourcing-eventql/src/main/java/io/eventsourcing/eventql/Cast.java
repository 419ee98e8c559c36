package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code a AS INT}. Null if the value can't be one. */
record Cast(Expression operand, Target target, Location at) implements Expression {

    enum Target {
        STRING(Kind.STRING),
        INT(Kind.NUMBER),
        FLOAT64(Kind.NUMBER),
        BOOLEAN(Kind.BOOLEAN),
        DATE(Kind.DATE),
        TIME(Kind.TIME),
        DATETIME(Kind.DATETIME);

        private final Kind kind;

        Target(Kind kind) {
            this.kind = kind;
        }

        /** @throws EventQlException if there is no such type */
        static Target of(String name, Location at) {
            try {
                return valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new EventQlException(
                        at,
                        "There is no type '" + name
                                + "'. AS takes STRING, INT, FLOAT64, BOOLEAN, DATE, TIME or DATETIME");
            }
        }
    }

    @Override
    public List<Expression> operands() {
        return List.of(operand);
    }

    @Override
    public Type type(Scope scope) {
        Kind from = operand.type(scope).kind();
        boolean possible = from.mayBe(target.kind)
                || from == Kind.STRING
                || target == Target.STRING && from != Kind.ARRAY && from != Kind.RECORD;
        if (!possible) {
            throw new EventQlException(at, from + " can't become " + target);
        }
        requireSense();
        return Type.of(target.kind);
    }

    private void requireSense() {
        if (operand instanceof Literal literal && literal.content() instanceof String text && cast(text) == null) {
            throw new EventQlException(operand.at(), "'" + text + "' can't become " + target);
        }
    }

    @Override
    public @Nullable Object value(Row row) {
        Object value = operand.value(row);
        return value == null ? null : cast(value);
    }

    private @Nullable Object cast(Object value) {
        return switch (target) {
            case STRING -> text(value);
            case INT -> whole(number(value));
            case FLOAT64 -> number(value);
            case BOOLEAN -> truth(value);
            default -> Times.as(target.kind, value);
        };
    }

    private static @Nullable BigDecimal whole(@Nullable BigDecimal number) {
        return number == null ? null : Numbers.round(number, 0, RoundingMode.DOWN);
    }

    private static @Nullable BigDecimal number(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        return value instanceof String text ? Numbers.parse(text) : null;
    }

    private static @Nullable Object truth(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return "true".equals(value) ? Boolean.TRUE : "false".equals(value) ? Boolean.FALSE : null;
    }

    private static @Nullable String text(Object value) {
        if (value instanceof BigDecimal number) {
            BigInteger integer = Numbers.integer(number);
            return integer == null ? number.toString() : integer.toString();
        }
        return value instanceof Iterable || value instanceof Map ? null : Times.text(value);
    }
}
