package io.eventsourcing.eventstoredb.test;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes what a read answers in the protocol's words.
 *
 * @param idsAsText whether the client asked for event ids as text
 */
record ReadMessages(boolean idsAsText, ServerVersion version) {

    ReadResp event(LogRecord event) {
        ReadResp.ReadEvent.RecordedEvent recorded = ReadResp.ReadEvent.RecordedEvent.newBuilder()
                .setId(id(event.id()))
                .setStreamIdentifier(streamIdentifier(event.stream()))
                .setStreamRevision(event.revision())
                .setCommitPosition(event.position())
                .setPreparePosition(event.position())
                .putMetadata("type", event.type())
                .putMetadata("content-type", event.json() ? "application/json" : "application/octet-stream")
                .putMetadata("created", Long.toString(ticks(event.created())))
                .setData(event.data())
                .setCustomMetadata(event.metadata())
                .build();
        return ReadResp.newBuilder()
                .setEvent(ReadResp.ReadEvent.newBuilder().setEvent(recorded).setCommitPosition(event.position()))
                .build();
    }

    private Shared.UUID id(UUID id) {
        if (idsAsText) {
            return Shared.UUID.newBuilder().setString(id.toString()).build();
        }
        return Shared.UUID
                .newBuilder()
                .setStructured(Shared.UUID
                        .Structured
                        .newBuilder()
                        .setMostSignificantBits(id.getMostSignificantBits())
                        .setLeastSignificantBits(id.getLeastSignificantBits()))
                .build();
    }

    /** Tenths of a microsecond since 1970. */
    private static long ticks(Instant instant) {
        return instant.getEpochSecond() * 10_000_000 + instant.getNano() / 100;
    }

    ReadResp streamNotFound(String stream) {
        return ReadResp.newBuilder()
                .setStreamNotFound(ReadResp.StreamNotFound.newBuilder().setStreamIdentifier(streamIdentifier(stream)))
                .build();
    }

    ReadResp firstStreamPosition(long revision) {
        return ReadResp.newBuilder().setFirstStreamPosition(revision).build();
    }

    ReadResp lastStreamPosition(long revision) {
        return ReadResp.newBuilder().setLastStreamPosition(revision).build();
    }

    ReadResp confirmation() {
        return ReadResp.newBuilder()
                .setConfirmation(ReadResp.SubscriptionConfirmation.newBuilder()
                        .setSubscriptionId(UUID.randomUUID().toString()))
                .build();
    }

    ReadResp checkpoint(long position) {
        return ReadResp.newBuilder()
                .setCheckpoint(ReadResp.Checkpoint.newBuilder()
                        .setCommitPosition(position)
                        .setPreparePosition(position)
                        .setTimestamp(now()))
                .build();
    }

    /** @param position {@code -1} if the subscription has no place in the log yet */
    ReadResp caughtUpWithAll(long position) {
        ReadResp.CaughtUp.Builder caughtUp = caughtUp();
        if (position >= 0 && version.tellsWhereSubscriptionsCaughtUp()) {
            caughtUp.setPosition(
                    ReadResp.Position.newBuilder().setCommitPosition(position).setPreparePosition(position));
        }
        return ReadResp.newBuilder().setCaughtUp(caughtUp).build();
    }

    /** @param revision {@code -1} if the stream is empty */
    ReadResp caughtUpWithStream(long revision) {
        ReadResp.CaughtUp.Builder caughtUp = caughtUp();
        if (revision >= 0 && version.tellsWhereSubscriptionsCaughtUp()) {
            caughtUp.setStreamRevision(revision);
        }
        return ReadResp.newBuilder().setCaughtUp(caughtUp).build();
    }

    private ReadResp.CaughtUp.Builder caughtUp() {
        ReadResp.CaughtUp.Builder caughtUp = ReadResp.CaughtUp.newBuilder();
        return version.tellsWhereSubscriptionsCaughtUp() ? caughtUp.setTimestamp(now()) : caughtUp;
    }

    private static Timestamp now() {
        Instant now = Instant.now();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }

    private static Shared.StreamIdentifier streamIdentifier(String stream) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(stream))
                .build();
    }
}
