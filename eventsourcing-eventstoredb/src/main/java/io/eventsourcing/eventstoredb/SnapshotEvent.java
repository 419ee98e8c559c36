package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.RecordedEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A snapshot as an event on the server: its data as that of the event, the rest as metadata.
 *
 * @param revision where it stands in the stream of snapshots
 * @param kept how many were to be kept when it was saved
 */
record SnapshotEvent(Snapshot snapshot, long revision, int kept) {

    private static final String TYPE = "Snapshot";

    private static final String POSITION = "position";
    private static final String LAST_EVENT = "lastEvent";
    private static final String OF_TYPE = "type";
    private static final String SHAPE = "shape";
    private static final String KEPT = "kept";

    static EventData written(Snapshot snapshot, int kept) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(POSITION, Long.toString(snapshot.position()));
        metadata.put(LAST_EVENT, snapshot.lastEvent().toString());
        metadata.put(OF_TYPE, snapshot.type());
        metadata.put(SHAPE, snapshot.shape());
        metadata.put(KEPT, Integer.toString(kept));
        return EventFormat.of(new NewEvent(
                UUID.randomUUID(), TYPE, snapshot.data(), EventMetadata.json(metadata), snapshot.takenAt()));
    }

    /** Empty if somebody else has written it. */
    static Optional<SnapshotEvent> read(SnapshotName name, RecordedEvent event) {
        EventMetadata decoded = EventMetadata.decoded(event.getUserMetadata(), event.getCreated());
        Map<String, String> metadata = EventMetadata.texts(decoded.bytes());
        try {
            return event.getEventType().equals(TYPE) && metadata != null
                    ? Optional.of(read(name, event, decoded, metadata))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SnapshotEvent read(
            SnapshotName name, RecordedEvent event, EventMetadata decoded, Map<String, String> metadata) {
        Snapshot snapshot = new Snapshot(
                name,
                Long.parseLong(text(metadata, POSITION)),
                UUID.fromString(text(metadata, LAST_EVENT)),
                text(metadata, OF_TYPE),
                text(metadata, SHAPE),
                event.getEventData(),
                decoded.timestamp());
        return new SnapshotEvent(snapshot, event.getRevision(), Integer.parseInt(text(metadata, KEPT)));
    }

    private static String text(Map<String, String> metadata, String name) {
        String text = metadata.get(name);
        if (text == null) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }
}
