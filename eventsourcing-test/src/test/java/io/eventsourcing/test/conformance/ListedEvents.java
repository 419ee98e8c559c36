package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.RecordedEvent;
import java.util.Iterator;
import java.util.List;

/** Events that can be iterated as often as one likes, which is wrong. */
record ListedEvents(List<RecordedEvent> events) implements EventSequence {

    @Override
    public Iterator<RecordedEvent> iterator() {
        return events.iterator();
    }

    @Override
    public void close() {}
}
