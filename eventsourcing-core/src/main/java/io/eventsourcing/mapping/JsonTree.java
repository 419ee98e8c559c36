package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Payloads as trees, in which what nobody changes stays as it was: numbers keep all of their digits. */
final class JsonTree {

    private static final JsonMapper MAPPER = JsonMapper.builder(JacksonEventMapper.factory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonTree() {}

    /** @throws EventMappingException if the payload is no JSON object */
    static ObjectNode object(RecordedEvent event, byte[] json) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new EventMappingException(event + " can't be read: " + JsonProblem.describe(e), null);
        }
        throw new EventMappingException(event + " can't be read: its payload is no JSON object", null);
    }

    /** @throws JacksonException if it is no JSON */
    static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }

    static byte[] write(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }
}
