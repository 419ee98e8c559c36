package io.eventsourcing.eventql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {name: expression}}, its fields in this order. */
record RecordOf(List<String> names, List<Expression> operands, Location at) implements Expression {

    RecordOf {
        if (names.isEmpty()) {
            throw new EventQlException(at, "A record has at least one field, as in { id: e.id }");
        }
    }

    static RecordOf of(Map<String, Expression> fields, Location at) {
        return new RecordOf(List.copyOf(fields.keySet()), new ArrayList<>(fields.values()), at);
    }

    @Override
    public Type type(Scope scope) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            types.put(names.get(i), operands.get(i).type(scope));
        }
        return new Type(Kind.RECORD, types);
    }

    @Override
    public Map<String, @Nullable Object> value(Row row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), operands.get(i).value(row));
        }
        return fields;
    }
}
