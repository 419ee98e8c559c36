package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.NewEvent;
import java.util.List;
import java.util.UUID;

/** What was appended to one stream at once. */
record Written(AppendResult result, List<NewEvent> events) {

    List<UUID> ids() {
        return events.stream().map(NewEvent::id).toList();
    }
}
