package io.eventsourcing.eventql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code LOWER(a)}. */
record FunctionCall(Function function, List<Expression> operands, Location at) implements Expression {

    FunctionCall {
        int most = function.parameters().size();
        if (operands.size() < function.required() || operands.size() > most) {
            String count = function.required() == most ? "" + most : function.required() + " to " + most;
            throw new EventQlException(
                    at, function.name() + " takes " + count + " arguments, and here are " + operands.size());
        }
    }

    @Override
    public Type type(Scope scope) {
        for (int i = 0; i < operands.size(); i++) {
            operands.get(i)
                    .require(function.parameters().get(i), scope, "Argument " + (i + 1) + " of " + function.name());
        }
        return Type.of(function.result());
    }

    @Override
    public @Nullable Object value(Row row) {
        List<@Nullable Object> arguments = new ArrayList<>(operands.size());
        for (int i = 0; i < operands.size(); i++) {
            Kind kind = function.parameters().get(i);
            Object argument = argument(operands.get(i).value(row), kind);
            if (kind != Kind.ANY && (argument == null || Kind.of(argument) != kind)) {
                return null;
            }
            arguments.add(argument);
        }
        return function.body().value(arguments, row);
    }

    /** Texts are read as times where times are taken, and what isn't true counts as false. */
    private static @Nullable Object argument(@Nullable Object value, Kind kind) {
        if (kind == Kind.BOOLEAN) {
            return Values.isTrue(value);
        }
        return kind.isTemporal() ? Times.as(kind, value) : value;
    }
}
