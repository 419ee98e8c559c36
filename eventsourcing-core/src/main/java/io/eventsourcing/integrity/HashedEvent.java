package io.eventsourcing.integrity;

import io.eventsourcing.store.RecordedEvent;
import java.time.Instant;
import java.util.stream.Collectors;

/**
 * What a hash is made of: the fields that EventSourcingDB hashes, in its order, and the exact bytes of the data.
 *
 * @param predecessor the hash of the event before it; {@link #FIRST_PREDECESSOR} for the first one
 */
record HashedEvent(
        String specVersion,
        String id,
        String predecessor,
        String time,
        String source,
        String subject,
        String type,
        String contentType,
        byte[] data) {

    static final String FIRST_PREDECESSOR = "0".repeat(64);

    /**
     * An event of ours. Stream and type are free texts, so what separates fields is escaped in them. What an event has beyond
     * EventSourcingDB's stands behind the content type.
     */
    static HashedEvent of(RecordedEvent event, String predecessor) {
        return new HashedEvent(
                "1.0",
                event.id().toString(),
                predecessor,
                time(event.timestamp()),
                "/",
                escaped(event.stream().value()),
                escaped(event.type()),
                contentType(event),
                event.data());
    }

    private static String contentType(RecordedEvent event) {
        String tags = event.tags().stream().map(Digests::of).sorted().collect(Collectors.joining());
        return "application/json; stream-position=" + event.streamPosition()
                + "; commit-position=" + event.commitPosition()
                + "; metadata=" + Digests.of(event.metadata())
                + "; tags=" + Digests.of(tags);
    }

    /** RFC 3339, without the zeros at the end of a fraction. */
    private static String time(Instant instant) {
        String text = instant.toString();
        return text.contains(".") ? text.replaceFirst("0*Z$", "Z") : text;
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("|", "%7C");
    }

    String hash() {
        String metadata = String.join("|", specVersion, id, predecessor, time, source, subject, type, contentType);
        return Digests.of(Digests.of(metadata) + Digests.of(data));
    }
}
