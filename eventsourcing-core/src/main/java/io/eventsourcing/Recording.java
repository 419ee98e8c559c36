package io.eventsourcing;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.UUID;

/**
 * What saving one aggregate has stored.
 *
 * @param version of the last event
 * @param commitPosition of the last event
 */
public record Recording(UUID aggregateId, long version, StreamName stream, List<NewEvent> events, long commitPosition) {

    public Recording {
        events = List.copyOf(events);
    }
}
