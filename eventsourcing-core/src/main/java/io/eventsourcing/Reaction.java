package io.eventsourcing;

import io.eventsourcing.store.StreamName;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What has been done because of one event so far. For the thread that does it. */
final class Reaction {

    private record Place(String tenant, StreamName stream) {}

    private final Cause cause;
    private final boolean repeatable;
    private final Map<Place, Integer> saved = new HashMap<>();

    /** @param repeatable whether some of it may be stored already, by an attempt of which nobody knows how far it came */
    Reaction(Cause cause, boolean repeatable) {
        this.cause = cause;
        this.repeatable = repeatable;
    }

    Cause cause() {
        return cause;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    /**
     * The id of an event that is to be saved, the same in each attempt.
     *
     * @param index 0 for the next event of the stream, 1 for the one behind it
     */
    UUID eventId(String tenant, StreamName stream, int index) {
        int number = saved.getOrDefault(new Place(tenant, stream), 0) + index;
        return cause.derivedId("event " + number + " of " + stream + " of " + tenant);
    }

    void saved(String tenant, StreamName stream, int events) {
        saved.merge(new Place(tenant, stream), events, Integer::sum);
    }
}
