package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -a} and {@code +a}. */
record Sign(boolean negative, Expression operand, Location at) implements Expression {

    @Override
    public List<Expression> operands() {
        return List.of(operand);
    }

    @Override
    public Type type(Scope scope) {
        operand.require(Kind.NUMBER, scope, negative ? "-" : "+");
        return Type.of(Kind.NUMBER);
    }

    @Override
    public @Nullable Object value(Row row) {
        return operand.value(row) instanceof BigDecimal number ? (negative ? number.negate() : number) : null;
    }
}
