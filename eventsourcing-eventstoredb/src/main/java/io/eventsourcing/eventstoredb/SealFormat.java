package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealSignature;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** Seals as events on the server: objects of texts. A seal's number is its event's position. */
final class SealFormat {

    private static final String TYPE = "Sealed";
    private static final String COMMIT_POSITION = "commitPosition";
    private static final String PREDECESSOR = "predecessor";
    private static final String HASH = "hash";
    private static final String KEY_ID = "keyId";
    private static final String SIGNATURE = "signature";
    private static final JsonFactory JSON = new JsonFactory();

    private SealFormat() {}

    static NewEvent event(Seal seal) {
        return new NewEvent(UUID.randomUUID(), TYPE, json(seal), new byte[0], Instant.now());
    }

    private static byte[] json(Seal seal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            generator.writeStringProperty(COMMIT_POSITION, Long.toString(seal.commitPosition()));
            generator.writeStringProperty(PREDECESSOR, seal.predecessor());
            generator.writeStringProperty(HASH, seal.hash());
            if (seal.signature().isPresent()) {
                generator.writeStringProperty(KEY_ID, seal.signature().get().keyId());
                generator.writeStringProperty(SIGNATURE, seal.signature().get().value());
            }
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** @throws EventStoreException if it isn't a seal */
    static Seal seal(RecordedEvent event) {
        Map<String, String> texts = texts(event);
        Optional<SealSignature> signature = Optional.ofNullable(texts.get(SIGNATURE))
                .map(value -> new SealSignature(texts.getOrDefault(KEY_ID, ""), value));
        return new Seal(
                event.streamPosition(),
                commitPosition(event, texts.getOrDefault(COMMIT_POSITION, "")),
                texts.getOrDefault(PREDECESSOR, ""),
                texts.getOrDefault(HASH, ""),
                signature);
    }

    private static long commitPosition(RecordedEvent event, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw unreadable(event, e);
        }
    }

    private static Map<String, String> texts(RecordedEvent event) {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser parser = JSON.createParser(event.data())) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                texts.put(name, parser.getString());
            }
            return texts;
        } catch (JacksonException e) {
            throw unreadable(event, e);
        }
    }

    private static EventStoreException unreadable(RecordedEvent event, Exception cause) {
        return new EventStoreException(event + " isn't a seal: somebody else has written it", cause);
    }
}
