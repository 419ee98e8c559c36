package io.eventsourcing.mapping;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes the keys of maps. One with half a surrogate pair Jackson would write, as it does in a value, but never read. */
final class TextKeySerializer extends ValueSerializer<String> {

    @Override
    public void serialize(String key, JsonGenerator generator, SerializationContext context) {
        if (key.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE)) {
            context.reportMappingProblem("the key of a map is no valid Unicode, it has a lone surrogate");
        }
        generator.writeName(key);
    }
}
