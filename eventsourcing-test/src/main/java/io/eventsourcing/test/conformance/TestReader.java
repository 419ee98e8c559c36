package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;

/** Follows a store from a position, as a projection does. Not thread-safe. */
final class TestReader {

    private final EventStore store;
    private final List<RecordedEvent> seen = new ArrayList<>();
    private long position;

    TestReader(EventStore store, long position) {
        this.store = store;
        this.position = position;
    }

    void catchUp() {
        for (RecordedEvent event : TestEvents.allAfter(store, position)) {
            seen.add(event);
            position = event.commitPosition();
        }
    }

    List<RecordedEvent> seen() {
        return seen;
    }

    int sizeOf(StreamName stream) {
        return store.read(stream, ReadOptions.forwards()).toList().size();
    }
}
