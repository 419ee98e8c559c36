package io.eventsourcing.eventstoredb.test;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Where events were written since the last start, by their ids. A write that names no place in its stream is known as a
 * repetition only by this. Not thread-safe: the log's lock guards it.
 */
final class CommittedEvents {

    private record Place(String stream, long revision) {}

    private final Map<UUID, Place> places = new HashMap<>();

    void add(LogRecord event) {
        places.put(event.id(), new Place(event.stream(), event.revision()));
    }

    OptionalLong revision(String stream, UUID id) {
        Place place = places.get(id);
        return place == null || !place.stream().equals(stream)
                ? OptionalLong.empty()
                : OptionalLong.of(place.revision());
    }

    void clear() {
        places.clear();
    }
}
