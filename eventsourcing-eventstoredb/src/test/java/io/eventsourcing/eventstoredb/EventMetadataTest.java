package io.eventsourcing.eventstoredb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Metadata and time come back, also after the client or the server has written the JSON anew. */
class EventMetadataTest {

    private static final Instant TIME = Instant.parse("1969-12-31T23:59:59.999999Z");
    private static final Instant CREATED = Instant.parse("2026-02-03T04:05:06Z");
    private static final JsonMapper MAPPER = new JsonMapper();

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static void isWhatWasWritten(byte[] encoded, String metadata) {
        EventMetadata decoded = EventMetadata.decoded(encoded, CREATED);
        assertThat(new String(decoded.bytes(), ISO_8859_1)).isEqualTo(metadata);
        assertThat(decoded.timestamp()).isEqualTo(TIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{ }",
                "{\"a\":\"b\"}",
                "{\"b\":\"1\",\"a\":\"2\"}",
                "{\"a\":\"\\u00e9\"}",
                "{\"a\":\"\u00c3\u00a9\"}",
                "{\"a\":\"1\",\"a\":\"1\"}",
                "{\"a\":\"b\"}\n",
                "{\"a\":\"b\"}{}",
                "{\"a\":1.50}",
                "{\"a\":null}",
                "{\"a\":{\"b\":[]}}",
                "{\"$traceId\":\"mine\"}",
                "{\"$occurredAt\":\"2026-02-03T04:05:06Z\"}",
                "{\"$metadata\":\"e30=\"}",
                "{\"text\":\"\\ud800\"}",
                "{\"open\":",
                "\u0001ES1",
                "\u0000\u00ff"
            })
    void metadataComesBackToTheByte(String metadata) {
        EventMetadata original = new EventMetadata(bytes(metadata), TIME);
        isWhatWasWritten(original.encoded(), metadata);
        isWhatWasWritten(traced(original.encoded()), metadata);
        isWhatWasWritten(original.encodedAsTexts(), metadata);
        isWhatWasWritten(traced(original.encodedAsTexts()), metadata);
        isWhatWasWritten(asProperties(original.encodedAsTexts()), metadata);
    }

    /** As the client does when it traces: what it can read as an object gets two more members. */
    private static byte[] traced(byte[] encoded) {
        try {
            Map<String, Object> object =
                    MAPPER.readValue(encoded, new TypeReference<LinkedHashMap<String, Object>>() {});
            object.put("$traceId", "0af7651916cd43dd8448eb211c80319c");
            object.put("$spanId", "b7ad6b7169203331");
            return MAPPER.writeValueAsBytes(object);
        } catch (tools.jackson.core.JacksonException e) {
            return encoded;
        }
    }

    /** As the server does after an append to several streams: texts in any order, some added, written its own way. */
    private static byte[] asProperties(byte[] encoded) {
        Map<String, String> properties = MAPPER.readValue(encoded, new TypeReference<TreeMap<String, String>>() {});
        properties.put("$schema.name", "Dog.TrickAdded");
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(properties);
    }

    @Test
    void textsStayReadable() {
        EventMetadata metadata = new EventMetadata("{\"correlationId\":\"é\"}".getBytes(UTF_8), TIME);
        assertThat(new String(metadata.encoded(), UTF_8))
                .isEqualTo("{\"$occurredAt\":\"1969-12-31T23:59:59.999999Z\",\"correlationId\":\"é\"}");
        assertThat(new String(metadata.encodedAsTexts(), UTF_8)).contains("\"correlationId\":\"é\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"a\":\"b\"}", "{\"$occurredAt\":\"then\"}", "{\"$occurredAt\":1}", "plain"})
    void whatOthersWroteIsLeftAlone(String metadata) {
        EventMetadata decoded = EventMetadata.decoded(bytes(metadata), CREATED.plusNanos(1999));
        assertThat(new String(decoded.bytes(), ISO_8859_1)).isEqualTo(metadata);
        assertThat(decoded.timestamp()).isEqualTo(CREATED.plusNanos(1000));
    }
}
