package io.eventsourcing.eventql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names of a query stand for, before it has rows. */
record Scope(Map<String, Type> names) {

    static Scope of(Iterable<Source> sources) {
        Map<String, Type> names = new LinkedHashMap<>();
        for (Source source : sources) {
            if (names.put(source.alias(), source.origin().type()) != null) {
                throw new EventQlException(
                        source.at(), "The name '" + source.alias() + "' is taken by another FROM. Choose another one");
            }
        }
        return new Scope(names);
    }

    Type type(String name, Location at) {
        @Nullable Type type = names.get(name);
        if (type == null) {
            throw new EventQlException(
                    at,
                    "Nothing is called '" + name + "' here; there is " + String.join(", ", names.keySet())
                            + ". Texts stand in quotes");
        }
        return type;
    }
}
