package io.eventsourcing.eventql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is written in the query. */
record Literal(@Nullable Object content, Location at) implements Expression {

    @Override
    public List<Expression> operands() {
        return List.of();
    }

    @Override
    public Type type(Scope scope) {
        return Type.of(Kind.of(content));
    }

    @Override
    public @Nullable Object value(Row row) {
        return content;
    }
}
