package io.eventsourcing.eventstoredb.test;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one stream, in order. Not thread-safe: the log's lock guards it. */
final class StreamHistory {

    private final List<LogRecord> events = new ArrayList<>();
    private @Nullable LogRecord tombstone;

    void add(LogRecord event) {
        if (event.revision() == LogRecord.TOMBSTONE_REVISION) {
            tombstone = event;
        } else {
            events.add(event);
        }
    }

    /** {@code -1} if nothing was ever written. */
    long lastRevision() {
        return events.size() - 1L;
    }

    @Nullable
    LogRecord tombstone() {
        return tombstone;
    }

    LogRecord event(long revision) {
        return events.get((int) revision);
    }

    /** The events with revisions in a range, both ends included, as far as they exist. */
    List<LogRecord> range(long first, long last) {
        int start = (int) Math.min(first, events.size());
        int end = (int) Math.min(last, lastRevision()) + 1;
        return start >= end ? List.of() : List.copyOf(events.subList(start, end));
    }
}
