package io.eventsourcing.store;

import java.util.OptionalLong;

/** Reads the events of all streams. */
public interface AllReader {

    /** The events of all streams, in the order of their commit positions. */
    EventSequence readAll(ReadOptions options);

    /** The commit position of the last event that every reader can see; empty if there is none. */
    default OptionalLong lastPosition() {
        return readAll(ReadOptions.backwards().limit(1)).toList().stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst();
    }
}
