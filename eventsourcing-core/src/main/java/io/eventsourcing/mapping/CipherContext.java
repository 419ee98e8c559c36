package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * Where encrypted bytes belong. They can be decrypted there alone, so that nobody who can write to the store can move them
 * to another event. All of it is what is stored: a class or event that is renamed keeps it.
 */
record CipherContext(StreamName stream, UUID eventId, String type, int revision) {

    static CipherContext of(RecordedEvent event, EventNotes notes) {
        return new CipherContext(event.stream(), event.id(), event.type(), notes.revision());
    }

    /** What stands behind the category in the name of an aggregate's stream. */
    String aggregateId() {
        return stream.value().substring(stream.category().length() + 1);
    }

    /** @param part what of the event is encrypted: empty for the payload, else the field */
    byte[] bytes(String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("eventsourcing 1"); // each text with its length, so that no two contexts are written alike
            out.writeLong(eventId.getMostSignificantBits());
            out.writeLong(eventId.getLeastSignificantBits());
            out.writeUTF(stream.value());
            out.writeUTF(type);
            out.writeInt(revision);
            out.writeUTF(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
