package io.eventsourcing.eventstoredb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * An event's metadata and time, as one piece of metadata on the server, which has a time of its own alone. Immutable.
 *
 * <p>Metadata that is an object of texts, written the way Jackson writes it, stays readable for the server's projections
 * and for other programs: {@code {"$occurredAt":"2026-02-03T04:05:06.123456Z","correlationId":"…"}}. Other bytes stand
 * behind a short binary header, or, where the server takes nothing but an object of texts, in it as Base64. All of these
 * come back to the byte, also after the client has added {@code $traceId} and {@code $spanId}, and written the object
 * anew.
 */
record EventMetadata(byte[] bytes, Instant timestamp) {

    private static final String TIMESTAMP = "$occurredAt";
    private static final String BYTES = "$metadata";

    /** Can't begin a JSON text in any encoding, so that the client doesn't take it for one and cut off what it ignores. */
    private static final byte[] HEADER = {1, 'E', 'S', '1'};

    private static final int HEADER_LENGTH = HEADER.length + Long.BYTES;
    private static final JsonFactory JSON = new JsonFactory();

    /** What is written by a plain append, which takes any bytes. */
    byte[] encoded() {
        Map<String, String> texts = texts(bytes);
        if (texts != null && isCanonical(texts)) {
            return object(texts, false);
        }
        return bytes.length == 0 ? object(Map.of(), true) : binary();
    }

    /** What is written by an append to several streams, which takes an object of texts, and forgets their order. */
    byte[] encodedAsTexts() {
        Map<String, String> texts = texts(bytes);
        return object(texts != null && isCanonical(texts) ? texts : Map.of(), true);
    }

    /**
     * Reads what was written.
     *
     * @param created the server's time, for events that others have written
     */
    static EventMetadata decoded(byte[] encoded, Instant created) {
        if (startsWithHeader(encoded)) {
            long micros = ByteBuffer.wrap(encoded, HEADER.length, Long.BYTES).getLong();
            return new EventMetadata(
                    Arrays.copyOfRange(encoded, HEADER_LENGTH, encoded.length),
                    Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        }
        EventMetadata own = own(encoded);
        return own != null ? own : new EventMetadata(encoded, created.truncatedTo(ChronoUnit.MICROS));
    }

    private static @Nullable EventMetadata own(byte[] encoded) {
        Map<String, String> texts = texts(encoded);
        String timestamp = texts == null ? null : texts.remove(TIMESTAMP);
        if (texts == null || timestamp == null) {
            return null;
        }
        try {
            return new EventMetadata(original(texts), Instant.parse(timestamp));
        } catch (DateTimeException | IllegalArgumentException e) {
            return null; // others may use the same names for something else
        }
    }

    private static byte[] original(Map<String, String> texts) {
        String base64 = texts.get(BYTES);
        if (base64 != null) {
            return Base64.getDecoder().decode(base64);
        }
        texts.keySet().removeIf(name -> name.startsWith("$"));
        return json(texts);
    }

    /** Whether the same bytes come out when the object is written anew. */
    private boolean isCanonical(Map<String, String> texts) {
        try {
            return texts.keySet().stream().noneMatch(name -> name.startsWith("$")) && Arrays.equals(json(texts), bytes);
        } catch (JacksonException e) {
            return false; // half a character can be read, and not written
        }
    }

    private byte[] object(Map<String, String> texts, boolean withBytes) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(TIMESTAMP, timestamp.toString());
        if (withBytes) {
            all.put(BYTES, Base64.getEncoder().encodeToString(bytes));
        }
        all.putAll(texts);
        return json(all);
    }

    private byte[] binary() {
        return ByteBuffer.allocate(HEADER_LENGTH + bytes.length)
                .put(HEADER)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, timestamp))
                .put(bytes)
                .array();
    }

    private static boolean startsWithHeader(byte[] bytes) {
        return bytes.length >= HEADER_LENGTH && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length);
    }

    /** The members of an object that has texts alone; null if it is something else. */
    static @Nullable Map<String, String> texts(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != '{') {
            return null;
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            Map<String, String> texts = new LinkedHashMap<>();
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    return null;
                }
                texts.put(name, parser.getString());
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? texts : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    static byte[] json(Map<String, String> texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            texts.forEach(generator::writeStringProperty);
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
