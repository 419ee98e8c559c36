package io.eventsourcing.eventstoredb.test;

import java.util.List;
import java.util.UUID;

/**
 * Events for one stream.
 *
 * @param expected the revision of the stream's last event, or a number of {@link ExpectedRevision}
 */
record StreamWrite(String stream, long expected, List<ProposedEvent> events) {

    List<UUID> ids() {
        return events.stream().map(ProposedEvent::id).toList();
    }
}
