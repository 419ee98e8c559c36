package io.eventsourcing.eventql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a FROM stands for, or a field of it. A field that isn't there is null. */
record Path(String alias, List<String> fields, Location at) implements Expression {

    String text() {
        return fields.isEmpty() ? alias : alias + "." + String.join(".", fields);
    }

    @Override
    public List<Expression> operands() {
        return List.of();
    }

    @Override
    public Type type(Scope scope) {
        Type type = scope.type(alias, at);
        String path = alias;
        for (String field : fields) {
            type = field(type, path, field);
            path += "." + field;
        }
        return type;
    }

    private Type field(Type type, String path, String field) {
        if (!type.kind().mayBe(Kind.RECORD)) {
            throw new EventQlException(at, path + " is " + type.kind() + ", which has no field '" + field + "'");
        }
        if (type.fields().isEmpty()) {
            return Type.ANY;
        }
        Type known = type.fields().get(field);
        if (known == null) {
            throw new EventQlException(
                    at,
                    path + " has no field '" + field + "'; it has "
                            + String.join(", ", type.fields().keySet()));
        }
        return known;
    }

    @Override
    public @Nullable Object value(Row row) {
        Object value = row.value(alias);
        for (String field : fields) {
            value = value instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return value;
    }
}
