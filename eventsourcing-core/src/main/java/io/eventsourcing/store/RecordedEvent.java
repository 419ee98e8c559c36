package io.eventsourcing.store;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An event as a store returns it. The byte arrays are the ones that were appended, and belong to the caller.
 *
 * @param streamPosition 0-based, without gaps in its stream
 * @param commitPosition positive, unique in the store, and increasing in the order in which events become visible to
 *     every reader; there may be gaps, and nobody computes with it
 * @param timestamp when it happened, as given by whoever appended it, in microseconds
 * @param tags as appended
 * @param tenant whose stream it is; empty for the default tenant, see {@link Tenants}
 */
public record RecordedEvent(
        StreamName stream,
        long streamPosition,
        long commitPosition,
        UUID id,
        String type,
        byte[] data,
        byte[] metadata,
        Instant timestamp,
        Set<String> tags,
        String tenant) {

    /** Of the default tenant. */
    public RecordedEvent(
            StreamName stream,
            long streamPosition,
            long commitPosition,
            UUID id,
            String type,
            byte[] data,
            byte[] metadata,
            Instant timestamp,
            Set<String> tags) {
        this(stream, streamPosition, commitPosition, id, type, data, metadata, timestamp, tags, Tenants.DEFAULT);
    }

    /** Of the default tenant, without tags. */
    public RecordedEvent(
            StreamName stream,
            long streamPosition,
            long commitPosition,
            UUID id,
            String type,
            byte[] data,
            byte[] metadata,
            Instant timestamp) {
        this(stream, streamPosition, commitPosition, id, type, data, metadata, timestamp, Set.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedEvent that && commitPosition == that.commitPosition && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return type + "[" + stream + "@" + streamPosition + ", commit position " + commitPosition + ", " + data.length
                + " bytes" + (tenant.isEmpty() ? "" : ", tenant '" + tenant + "'") + "]";
    }
}
