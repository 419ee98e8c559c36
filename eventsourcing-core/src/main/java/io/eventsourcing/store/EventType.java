package io.eventsourcing.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A type of events, how it was used, and what its payloads look like. Events of streams that were deleted count.
 *
 * @param name as events have it
 * @param count how many events are of it; 0 if it has a schema alone
 * @param first the commit position of the first of them; 0 if there is none
 * @param last the commit position of the last of them; 0 if there is none
 * @param schemas that are registered for it, by their revisions
 */
public record EventType(String name, long count, long first, long last, List<EventSchema> schemas) {

    public EventType {
        schemas = List.copyOf(schemas);
    }

    /** Without a schema. */
    public EventType(String name, long count, long first, long last) {
        this(name, count, first, last, List.of());
    }

    /**
     * Types together with their schemas, in the order of their names. For backends.
     *
     * @param schemas by types and revisions
     * @param unused whether types come too that have a schema alone; not for a tenant, whom they may not concern
     */
    public static List<EventType> withSchemas(List<EventType> used, List<EventSchema> schemas, boolean unused) {
        Map<String, EventType> byName = new TreeMap<>();
        used.forEach(type -> byName.put(type.name(), type));
        for (EventSchema schema : schemas) {
            if (unused || byName.containsKey(schema.type())) {
                byName.merge(
                        schema.type(),
                        new EventType(schema.type(), 0, 0, 0, List.of(schema)),
                        (type, one) -> type.with(schema));
            }
        }
        return List.copyOf(byName.values());
    }

    private EventType with(EventSchema schema) {
        List<EventSchema> more = new ArrayList<>(schemas);
        more.add(schema);
        return new EventType(name, count, first, last, more);
    }

    /** @throws IllegalArgumentException if no event can have a type of this name; the message says why */
    public static void requireName(String name) {
        if (name.isBlank() || name.length() > NewEvent.MAX_TYPE_LENGTH) {
            throw new IllegalArgumentException(
                    "An event type has 1 to " + NewEvent.MAX_TYPE_LENGTH + " characters, not '" + name + "'");
        }
        PlainText.require("event type", name);
    }
}
