package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as values, and values as JSON. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** Null if the bytes are no JSON, as compressed or encrypted payloads aren't. */
    static @Nullable Object parse(byte[] bytes) {
        try (JsonParser parser = MAPPER.createParser(new String(bytes, StandardCharsets.UTF_8))) {
            Object value = parser.nextToken() == null ? null : value(parser);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Numbers.bounded(parser.getDecimalValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        return switch (Kind.of(value)) {
            case BOOLEAN -> NODES.booleanNode(Values.isTrue(value));
            case NUMBER -> number((BigDecimal) value);
            case ARRAY -> array((List<?>) value);
            case RECORD -> object((Map<?, ?>) value);
            default -> NODES.stringNode(Times.text(value));
        };
    }

    /** Whole numbers without a point or an exponent, as most readers of JSON want them. */
    private static JsonNode number(BigDecimal number) {
        BigInteger integer = Numbers.integer(number);
        if (integer == null) {
            return NODES.numberNode(number);
        }
        return integer.bitLength() < 64 ? NODES.numberNode(integer.longValue()) : NODES.numberNode(integer);
    }

    private static ArrayNode array(List<?> elements) {
        ArrayNode array = NODES.arrayNode();
        elements.forEach(element -> array.add(node(element)));
        return array;
    }

    private static ObjectNode object(Map<?, ?> fields) {
        ObjectNode object = NODES.objectNode();
        fields.forEach((name, value) -> object.set(String.valueOf(name), node(value)));
        return object;
    }
}
