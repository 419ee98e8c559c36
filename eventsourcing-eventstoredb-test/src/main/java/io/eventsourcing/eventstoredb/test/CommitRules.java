package io.eventsourcing.eventstoredb.test;

import io.eventsourcing.eventstoredb.test.CommitDecision.Kind;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Decides writes as the real server does: expectations first against tombstones and deletions, then repetitions by event
 * id, then the revision. Not thread-safe: the log's lock guards it.
 */
final class CommitRules {

    private final StreamDirectory streams;
    private final CommittedEvents committed;

    CommitRules(StreamDirectory streams, CommittedEvents committed) {
        this.streams = streams;
        this.committed = committed;
    }

    CommitDecision decide(String stream, long expected, List<UUID> ids) {
        StreamHistory history = streams.history(stream);
        long current = history.lastRevision();
        if (history.tombstone() != null) {
            return CommitDecision.refused(Kind.DELETED, LogRecord.TOMBSTONE_REVISION);
        }
        if (expected == ExpectedRevision.STREAM_EXISTS && streams.softDeleted(stream)) {
            return CommitDecision.refused(Kind.DELETED, current);
        }
        if (expected == ExpectedRevision.STREAM_EXISTS && streams.neverSeen(stream)) {
            return CommitDecision.refused(Kind.WRONG_REVISION, current);
        }
        if (ExpectedRevision.namesNoPlace(expected)) {
            return decideAnywhere(stream, current, ids);
        }
        return expected == current ? write(stream, current) : decideElsewhere(stream, expected, ids);
    }

    private CommitDecision decideAnywhere(String stream, long current, List<UUID> ids) {
        long last = -1;
        for (int i = 0; i < ids.size(); i++) {
            OptionalLong revision = committed.revision(stream, ids.get(i));
            if (revision.isEmpty()) {
                return i == 0 ? write(stream, current) : CommitDecision.refused(Kind.PARTLY_REPEATED, current);
            }
            last = revision.getAsLong();
        }
        return ids.isEmpty() ? write(stream, current) : repeated(stream, current, last);
    }

    private CommitDecision decideElsewhere(String stream, long expected, List<UUID> ids) {
        StreamHistory history = streams.history(stream);
        long current = history.lastRevision();
        if (expected > current || ids.isEmpty()) {
            return CommitDecision.refused(Kind.WRONG_REVISION, current);
        }
        List<UUID> stored = history.range(expected + 1, expected + ids.size()).stream()
                .map(LogRecord::id)
                .toList();
        if (stored.equals(ids)) {
            return repeated(stream, current, expected + ids.size());
        }
        if (stored.get(0).equals(ids.get(0))) {
            return CommitDecision.refused(Kind.PARTLY_REPEATED, current);
        }
        return expected == ExpectedRevision.NO_STREAM && streams.softDeleted(stream)
                ? CommitDecision.write(current, true)
                : CommitDecision.refused(Kind.WRONG_REVISION, current);
    }

    private CommitDecision write(String stream, long current) {
        return CommitDecision.write(current, streams.softDeleted(stream));
    }

    private CommitDecision repeated(String stream, long current, long last) {
        boolean readable = !streams.softDeleted(stream) && last >= streams.firstReadable(stream);
        long position = readable ? streams.history(stream).event(last).position() : -1;
        return CommitDecision.repeated(current, last, position);
    }
}
