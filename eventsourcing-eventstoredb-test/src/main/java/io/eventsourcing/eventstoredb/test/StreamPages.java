package io.eventsourcing.eventstoredb.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads streams piece by piece, as far as their metadata lets them be read. Guarded by the log's lock. */
final class StreamPages {

    private final StreamDirectory streams;

    StreamPages(StreamDirectory streams) {
        this.streams = streams;
    }

    /** The events from a revision on, that revision included. */
    StreamPage forwards(String stream, long from, int count) {
        StreamHistory history = streams.history(stream);
        LogRecord tombstone = history.tombstone();
        if (tombstone != null) {
            return new StreamPage.Tombstoned(tombstone);
        }
        return missing(stream) ? new StreamPage.Missing() : readableForwards(stream, from, count);
    }

    private StreamPage readableForwards(String stream, long from, int count) {
        StreamHistory history = streams.history(stream);
        long last = history.lastRevision();
        long first = streams.firstReadable(stream);
        long to = from < Long.MAX_VALUE - count ? from + count - 1 : Long.MAX_VALUE;
        if (to < first && from <= last) {
            return new StreamPage.Events(List.of(), first, last, first > last);
        }
        List<LogRecord> events = history.range(Math.max(from, first), to);
        return new StreamPage.Events(events, Math.min(to, last) + 1, last, to >= last);
    }

    /**
     * The events down from a revision, that revision included, latest first.
     *
     * @param from {@link Long#MAX_VALUE} for the end
     */
    StreamPage backwards(String stream, long from, int count) {
        StreamHistory history = streams.history(stream);
        LogRecord tombstone = history.tombstone();
        if (tombstone != null) {
            return new StreamPage.Tombstoned(tombstone);
        }
        return missing(stream) ? new StreamPage.Missing() : readableBackwards(stream, from, count);
    }

    private StreamPage readableBackwards(String stream, long from, int count) {
        StreamHistory history = streams.history(stream);
        long last = history.lastRevision();
        long first = streams.firstReadable(stream);
        long to = Math.min(from, last);
        long down = Math.max(first, to - count + 1);
        List<LogRecord> events = new ArrayList<>(history.range(down, to));
        Collections.reverse(events);
        return new StreamPage.Events(events, down - 1, last, down <= first);
    }

    private boolean missing(String stream) {
        return streams.history(stream).lastRevision() < 0 || streams.softDeleted(stream);
    }
}
