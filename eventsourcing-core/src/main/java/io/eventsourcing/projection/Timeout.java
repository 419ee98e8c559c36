package io.eventsourcing.projection;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Something that a process manager is to be called for later. Of each name, a stream has one. The byte arrays belong to the
 * caller.
 *
 * @param tenant whose stream it is; empty for the default tenant
 * @param id of this very timeout: who sets another one of the same name gives it another id
 * @param dueAt when it is to be carried out; for one that was asked for by a duration, the store says when that is
 * @param commitPosition of the event whose handler has asked for it
 * @param data the payload, written as that of an event
 * @param metadata as that of an event
 * @param attempts how often it has failed
 * @param cause why the last attempt failed; empty if none has
 */
public record Timeout(
        String projection,
        StreamName stream,
        String tenant,
        String name,
        UUID id,
        Instant dueAt,
        long commitPosition,
        byte[] data,
        byte[] metadata,
        int attempts,
        String cause) {

    /** As if it were an event of its stream. */
    RecordedEvent asEvent() {
        return new RecordedEvent(stream, 0, commitPosition, id, name, data, metadata, dueAt, Set.of(), tenant);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeout that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Without the payload. */
    @Override
    public String toString() {
        return "timeout " + name + " of " + stream + ", due at " + dueAt;
    }
}
