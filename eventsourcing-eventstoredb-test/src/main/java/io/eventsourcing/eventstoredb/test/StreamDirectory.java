package io.eventsourcing.eventstoredb.test;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The streams of a log, and what their metadata says of them. Not thread-safe: the log's lock guards it. */
final class StreamDirectory {

    private final Map<String, StreamHistory> streams = new HashMap<>();
    private final Clock clock;

    StreamDirectory(Clock clock) {
        this.clock = clock;
    }

    void add(LogRecord event) {
        streams.computeIfAbsent(event.stream(), name -> new StreamHistory()).add(event);
    }

    StreamHistory history(String stream) {
        return streams.getOrDefault(stream, new StreamHistory());
    }

    StreamHistory metadataHistory(String stream) {
        return history(SystemNames.metadataStreamOf(stream));
    }

    /** Whether neither the stream nor its metadata was ever written. */
    boolean neverSeen(String stream) {
        StreamHistory history = history(stream);
        return history.lastRevision() < 0
                && history.tombstone() == null
                && metadataHistory(stream).lastRevision() < 0;
    }

    StreamMetadata metadata(String stream) {
        if (SystemNames.isMetadataStream(stream)) {
            return StreamMetadata.OF_METADATA_STREAM;
        }
        StreamHistory metadata = metadataHistory(stream);
        long last = metadata.lastRevision();
        return last < 0
                ? StreamMetadata.NONE
                : StreamMetadata.parse(metadata.event(last).data());
    }

    boolean softDeleted(String stream) {
        return metadata(stream).softDeleted();
    }

    /** The first revision that may be read; behind the last one if none may. */
    long firstReadable(String stream) {
        StreamHistory history = history(stream);
        StreamMetadata metadata = metadata(stream);
        long first = Math.max(metadata.truncateBefore(), history.lastRevision() - metadata.maxCount() + 1);
        return metadata.maxAge()
                .map(age ->
                        firstSince(history, Math.max(first, 0), clock.instant().minus(age)))
                .orElse(Math.max(first, 0));
    }

    private static long firstSince(StreamHistory history, long first, Instant oldest) {
        long revision = first;
        while (revision <= history.lastRevision()
                && history.event(revision).created().isBefore(oldest)) {
            revision++;
        }
        return revision;
    }
}
