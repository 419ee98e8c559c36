package io.eventsourcing.memory;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.RecordedEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the types of events. */
final class MemoryCatalogue {

    private MemoryCatalogue() {}

    /**
     * @param events in the order of their commit positions
     * @param unused whether types count that have a schema alone
     */
    static List<EventType> eventTypes(List<RecordedEvent> events, List<EventSchema> schemas, boolean unused) {
        Map<String, EventType> types = new HashMap<>();
        for (RecordedEvent event : events) {
            long position = event.commitPosition();
            types.merge(
                    event.type(),
                    new EventType(event.type(), 1, position, position),
                    (known, one) -> new EventType(known.name(), known.count() + 1, known.first(), position));
        }
        return EventType.withSchemas(List.copyOf(types.values()), schemas, unused);
    }
}
