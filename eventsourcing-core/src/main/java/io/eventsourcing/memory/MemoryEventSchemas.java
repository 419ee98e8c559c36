package io.eventsourcing.memory;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps schemas in memory, for as long as this object lives. Thread-safe. */
public final class MemoryEventSchemas implements EventSchemas {

    private record Key(String type, int revision) {}

    private final Map<Key, EventSchema> byKey =
            new ConcurrentSkipListMap<>(Comparator.comparing(Key::type).thenComparing(Key::revision));

    @Override
    public List<EventSchema> all() {
        return List.copyOf(byKey.values());
    }

    @Override
    public EventSchema getOrAdd(EventSchema candidate) {
        EventSchema earlier = byKey.putIfAbsent(new Key(candidate.type(), candidate.revision()), candidate);
        return earlier == null ? candidate : earlier;
    }
}
