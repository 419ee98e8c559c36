package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.RecordedEvent;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** The data of what is kept in streams of its own: JSON objects of texts. */
final class Texts {

    private static final JsonFactory JSON = new JsonFactory();

    private Texts() {}

    static byte[] json(Map<String, String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            texts.forEach(generator::writeStringProperty);
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** @throws EventStoreException if it is something else */
    static Map<String, String> of(RecordedEvent event) {
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

    static long number(RecordedEvent event, Map<String, String> texts, String name) {
        try {
            return Long.parseLong(texts.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw unreadable(event, e);
        }
    }

    private static EventStoreException unreadable(RecordedEvent event, Exception cause) {
        return new EventStoreException(event + " can't be read: somebody else has written it", cause);
    }
}
