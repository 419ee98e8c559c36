package io.eventsourcing.eventstoredb.test;

import com.google.protobuf.ByteString;
import io.eventsourcing.eventstoredb.test.CommitDecision.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes to a log, or says why not. Not thread-safe: the log's lock guards it. */
final class LogWriter {

    private final Clock clock;
    private final AllStream all;
    private final StreamDirectory streams;
    private final CommittedEvents committed = new CommittedEvents();
    private final CommitRules rules;

    LogWriter(Clock clock, AllStream all, StreamDirectory streams) {
        this.clock = clock;
        this.all = all;
        this.streams = streams;
        rules = new CommitRules(streams, committed);
    }

    void noteStart() {
        committed.clear();
        long starts = streams.history(SystemNames.EPOCH_STREAM).lastRevision() + 1;
        ByteString epoch = ByteString.copyFromUtf8("{\"number\":" + starts + "}");
        add(SystemNames.EPOCH_STREAM, systemEvent(SystemNames.EPOCH_TYPE, epoch));
        if (starts == 0) {
            add("$user-admin", systemEvent("$UserCreated", ByteString.copyFromUtf8("{\"loginName\":\"admin\"}")));
        }
    }

    void forgetEventIds() {
        committed.clear();
    }

    WriteOutcome write(List<StreamWrite> writes) {
        List<CommitDecision> decisions = writes.stream()
                .map(write -> rules.decide(write.stream(), write.expected(), write.ids()))
                .toList();
        return hasOnly(decisions, Kind.WRITE) ? commit(writes) : withoutWriting(decisions);
    }

    /** A soft deletion ends with the first write to the stream or its metadata: events show from there on. */
    private WriteOutcome commit(List<StreamWrite> writes) {
        Map<String, Long> revived = revivedBy(writes);
        List<Long> lastRevisions = new ArrayList<>();
        long position = EventLog.BEFORE_START;
        for (StreamWrite write : writes) {
            for (ProposedEvent event : write.events()) {
                position = add(write.stream(), event).position();
            }
            lastRevisions.add(streams.history(write.stream()).lastRevision());
        }
        revived.forEach(this::truncate);
        return new WriteOutcome.Written(lastRevisions, position);
    }

    private Map<String, Long> revivedBy(List<StreamWrite> writes) {
        Map<String, Long> revived = new HashMap<>();
        for (StreamWrite write : writes) {
            String stream = SystemNames.isMetadataStream(write.stream())
                    ? SystemNames.describedStream(write.stream())
                    : write.stream();
            if (streams.softDeleted(stream) && !write.events().isEmpty()) {
                revived.put(stream, streams.history(stream).lastRevision() + 1);
            }
        }
        return revived;
    }

    private void truncate(String stream, long before) {
        StreamHistory metadata = streams.metadataHistory(stream);
        StreamMetadata.truncatedBefore(metadata.event(metadata.lastRevision()).data(), before)
                .map(json -> systemEvent(SystemNames.METADATA_TYPE, json))
                .ifPresent(event -> add(SystemNames.metadataStreamOf(stream), event));
    }

    private static WriteOutcome withoutWriting(List<CommitDecision> decisions) {
        int deleted = indexOf(decisions, Kind.DELETED);
        if (deleted >= 0) {
            return new WriteOutcome.Deleted(deleted);
        }
        if (hasOnly(decisions, Kind.REPEATED)) {
            return repeated(decisions);
        }
        int wrong = indexOf(decisions, Kind.WRONG_REVISION);
        boolean mixed = indexOf(decisions, Kind.REPEATED) >= 0 || indexOf(decisions, Kind.PARTLY_REPEATED) >= 0;
        return mixed && decisions.size() > 1
                ? new WriteOutcome.PartlyRepeated()
                : wrongRevision(decisions, Math.max(wrong, 0));
    }

    private static WriteOutcome repeated(List<CommitDecision> decisions) {
        return new WriteOutcome.Written(
                decisions.stream().map(CommitDecision::last).toList(),
                decisions.stream().mapToLong(CommitDecision::position).max().orElse(EventLog.BEFORE_START));
    }

    private static WriteOutcome wrongRevision(List<CommitDecision> decisions, int index) {
        return new WriteOutcome.WrongRevision(index, decisions.get(index).current());
    }

    private static boolean hasOnly(List<CommitDecision> decisions, Kind kind) {
        return decisions.stream().allMatch(decision -> decision.kind() == kind);
    }

    private static int indexOf(List<CommitDecision> decisions, Kind kind) {
        return decisions.stream().map(CommitDecision::kind).toList().indexOf(kind);
    }

    WriteOutcome delete(String stream, long expected) {
        if (streams.neverSeen(stream)) {
            return new WriteOutcome.WrongRevision(0, ExpectedRevision.NO_STREAM);
        }
        ProposedEvent note = systemEvent(SystemNames.METADATA_TYPE, StreamMetadata.SOFT_DELETED);
        return end(stream, expected, SystemNames.metadataStreamOf(stream), note);
    }

    WriteOutcome tombstone(String stream, long expected) {
        return end(stream, expected, stream, systemEvent(SystemNames.TOMBSTONE_TYPE, ByteString.EMPTY));
    }

    private WriteOutcome end(String stream, long expected, String notedIn, ProposedEvent note) {
        CommitDecision decision = rules.decide(stream, expected, List.of(note.id()));
        return decision.kind() == Kind.WRITE
                ? new WriteOutcome.Written(
                        List.of(decision.current()), add(notedIn, note).position())
                : withoutWriting(List.of(decision));
    }

    private static ProposedEvent systemEvent(String type, ByteString json) {
        return new ProposedEvent(UUID.randomUUID(), type, true, json, ByteString.EMPTY);
    }

    private LogRecord add(String stream, ProposedEvent event) {
        LogRecord added = new LogRecord(
                all.end(),
                stream,
                event.type().equals(SystemNames.TOMBSTONE_TYPE)
                        ? LogRecord.TOMBSTONE_REVISION
                        : streams.history(stream).lastRevision() + 1,
                event.id(),
                event.type(),
                event.json(),
                event.data(),
                event.metadata(),
                clock.instant());
        all.add(added);
        streams.add(added);
        committed.add(added);
        return added;
    }
}
