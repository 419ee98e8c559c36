package io.eventsourcing.eventstoredb.test;

import java.util.List;

/** A piece of one stream. */
sealed interface StreamPage {

    /**
     * Events that may be read, possibly none.
     *
     * @param next the revision to go on from
     * @param last the revision of the stream's last event
     * @param end whether nothing is left in this direction
     */
    record Events(List<LogRecord> events, long next, long last, boolean end) implements StreamPage {}

    /** The stream was never written, or is softly deleted. */
    record Missing() implements StreamPage {}

    /** The stream is gone for good. */
    record Tombstoned(LogRecord tombstone) implements StreamPage {}
}
