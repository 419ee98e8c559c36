package io.eventsourcing.store;

import java.util.List;
import java.util.Optional;

/**
 * Where schemas of events are kept. What was added is never changed and never removed. It says nothing of whether events fit
 * them. Implementations are thread-safe.
 */
public interface EventSchemas {

    /** All of them, by types and revisions. */
    List<EventSchema> all();

    /** The one of a type and revision. */
    default Optional<EventSchema> find(String type, int revision) {
        return all().stream()
                .filter(schema -> schema.type().equals(type) && schema.revision() == revision)
                .findFirst();
    }

    /**
     * The schema of a type and revision. If there is none, the one that is given is added, for good when this returns: also if
     * a transaction of the caller's is rolled back.
     *
     * @return what is there now: the candidate, or the one that was there before
     */
    EventSchema getOrAdd(EventSchema candidate);
}
