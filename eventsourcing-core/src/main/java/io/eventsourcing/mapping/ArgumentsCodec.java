package io.eventsourcing.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * A payload that is written as an object of named arguments. One value of type {@link Arguments} is read or written in
 * one pass of Jackson, so that a context is made for each event and not for each argument.
 */
final class ArgumentsCodec implements PayloadCodec {

    /** Arguments on their way; the codec knows their names and types. */
    record Arguments(@Nullable ArgumentsCodec codec, Object[] values) {}

    private final Argument[] arguments;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final ObjectWriter writer;
    private final ObjectReader reader;

    private record Argument(
            String name,
            SerializedString encodedName,
            @Nullable ValueSerializer<Object> serializer,
            ValueDeserializer<Object> deserializer) {}

    ArgumentsCodec(JsonMapper mapper, EventShape shape) {
        List<EventShape.Parameter> parameters = shape.parameters();
        arguments = new Argument[parameters.size()];
        for (int i = 0; i < arguments.length; i++) {
            String name = parameters.get(i).name();
            arguments[i] = argument(mapper, name, StorableTypes.resolve(mapper, shape, parameters.get(i)));
            indexes.put(arguments[i].name(), i);
        }
        writer = mapper.writerFor(Arguments.class);
        reader = mapper.readerFor(Arguments.class).withAttribute(ArgumentsCodec.class, this);
    }

    /** What the mapper that is given to the constructor needs to have. */
    static JacksonModule module() {
        return new SimpleModule("eventsourcing-arguments")
                .addSerializer(Arguments.class, new Serializer())
                .addDeserializer(Arguments.class, new Deserializer());
    }

    @Override
    public byte[] encode(Object[] values) {
        return writer.writeValueAsBytes(new Arguments(this, values));
    }

    @Override
    public Object[] decode(byte[] data) {
        Arguments decoded = reader.readValue(data);
        return decoded.values();
    }

    private static Argument argument(JsonMapper mapper, String name, JavaType type) {
        // the serializer of the value's own class serves where that class can differ from the declared one
        boolean declared = type.isFinal() || type.isContainerType() || type.isReferenceType();
        return new Argument(
                name,
                new SerializedString(name),
                declared ? mapper._serializationContext().findTypedValueSerializer(type, true) : null,
                mapper._deserializationContext().findRootValueDeserializer(type));
    }

    private void write(Object[] values, JsonGenerator generator, SerializationContext context) {
        generator.writeStartObject();
        for (int i = 0; i < arguments.length; i++) {
            Argument argument = arguments[i];
            generator.writeName(argument.encodedName());
            try {
                write(argument, values[i], generator, context);
            } catch (JacksonException e) {
                throw e.prependPath(this, argument.name());
            }
        }
        generator.writeEndObject();
    }

    private static void write(
            Argument argument, @Nullable Object value, JsonGenerator generator, SerializationContext context) {
        if (value == null) {
            generator.writeNull();
        } else if (argument.serializer() != null) {
            argument.serializer().serialize(value, generator, context);
        } else {
            context.findTypedValueSerializer(value.getClass(), true).serialize(value, generator, context);
        }
    }

    private Object[] read(JsonParser parser, DeserializationContext context) {
        Object[] values = new Object[arguments.length];
        boolean[] seen = new boolean[arguments.length];
        int expected = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int index = indexOf(name, expected);
            JsonToken token = parser.nextToken();
            if (index < 0) {
                parser.skipChildren();
                continue;
            }
            values[index] = value(arguments[index], token, parser, context);
            seen[index] = true;
            expected = index + 1;
        }
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                values[i] = absent(arguments[i], context);
            }
        }
        return values;
    }

    /** Names mostly come in the order in which they were written. */
    private int indexOf(String name, int expected) {
        if (expected < arguments.length && arguments[expected].name().equals(name)) {
            return expected;
        }
        return indexes.getOrDefault(name, -1);
    }

    private @Nullable Object value(
            Argument argument, JsonToken token, JsonParser parser, DeserializationContext context) {
        try {
            return token == JsonToken.VALUE_NULL
                    ? argument.deserializer().getNullValue(context)
                    : argument.deserializer().deserialize(parser, context);
        } catch (JacksonException e) {
            throw e.prependPath(this, argument.name());
        }
    }

    private @Nullable Object absent(Argument argument, DeserializationContext context) {
        try {
            return argument.deserializer().getAbsentValue(context);
        } catch (DatabindException e) {
            throw e.prependPath(this, argument.name());
        }
    }

    private static final class Serializer extends ValueSerializer<Arguments> {

        @Override
        public void serialize(Arguments arguments, JsonGenerator generator, SerializationContext context) {
            ArgumentsCodec codec = arguments.codec();
            if (codec == null) {
                throw new IllegalStateException("Arguments are written by their codec");
            }
            codec.write(arguments.values(), generator, context);
        }
    }

    private static final class Deserializer extends ValueDeserializer<Arguments> {

        @Override
        public Arguments deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return context.reportInputMismatch(this, "A payload is a JSON object");
            }
            ArgumentsCodec codec = (ArgumentsCodec) context.getAttribute(ArgumentsCodec.class);
            return new Arguments(null, codec.read(parser, context));
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return context.reportInputMismatch(this, "A payload is a JSON object");
        }
    }
}
