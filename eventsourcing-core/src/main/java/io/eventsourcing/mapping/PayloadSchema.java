package io.eventsourcing.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.BeanPropertyWriter;

/**
 * A JSON Schema of what Jackson writes, as its serializers describe themselves: it accepts all of that, and of the rest as
 * little as they say. Null is accepted where there can be one, and more properties everywhere. For one payload and thread.
 */
final class PayloadSchema {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Written as one text, though their serializers speak of many values. */
    private static final Set<Class<?>> TEXTS = Set.of(byte[].class, char[].class, ByteBuffer.class);

    private final JsonMapper mapper;
    private final SerializationContext context;
    private final Set<JavaType> inside = new HashSet<>();

    private PayloadSchema(JsonMapper mapper) {
        this.mapper = mapper;
        this.context = mapper._serializationContext();
    }

    /** Of an event's payload. */
    static ObjectNode of(JsonMapper mapper, EventShape shape) {
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", shape.eventType());
        Class<? extends Record> recordType = shape.recordType();
        PayloadSchema schema = new PayloadSchema(mapper);
        if (recordType == null) {
            return schema.ofArguments(root, shape);
        }
        JavaType type = shape.isRecordArgument()
                ? StorableTypes.resolve(mapper, shape, shape.parameters().get(0))
                : mapper.constructType(recordType);
        return root.setAll(schema.of(type, !shape.isRecordArgument()));
    }

    private ObjectNode ofArguments(ObjectNode root, EventShape shape) {
        root.put("type", "object");
        ObjectNode properties = root.putObject("properties");
        ArrayNode required = root.putArray("required");
        for (EventShape.Parameter parameter : shape.parameters()) {
            JavaType type = StorableTypes.resolve(mapper, shape, parameter);
            properties.set(parameter.name(), of(type, type.isPrimitive()));
            required.add(parameter.name());
        }
        return root;
    }

    private ObjectNode of(JavaType type, boolean neverNull) {
        return of(context.findPrimaryPropertySerializer(type, null), type, neverNull);
    }

    private ObjectNode of(@Nullable JsonFormatVisitable serializer, JavaType type, boolean neverNull) {
        ObjectNode node = NODES.objectNode();
        if (TEXTS.contains(type.getRawClass())) {
            node.put("type", "string");
        } else if (serializer != null && context.findTypeSerializer(type) == null && inside.add(type)) {
            serializer.acceptJsonFormatVisitor(new Description(node), type);
            inside.remove(type);
        } // else anything: values say by themselves which class they are of, or a type is inside itself
        return neverNull || node.isEmpty() ? node : orNull(node);
    }

    private static ObjectNode orNull(ObjectNode node) {
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(node).addObject().put("type", "null");
        return either;
    }

    /** What serializers call, each one of its methods. */
    private final class Description extends JsonFormatVisitorWrapper.Base {

        private final ObjectNode node;

        Description(ObjectNode node) {
            super(context);
            this.node = node;
        }

        @Override
        public JsonStringFormatVisitor expectStringFormat(JavaType type) {
            node.put("type", "string");
            return new JsonStringFormatVisitor.Base() {
                @Override
                public void enumTypes(Set<String> enums) {
                    ArrayNode values = node.putArray("enum");
                    enums.forEach(values::add);
                }
            };
        }

        /** Those that are no numbers are written as texts. */
        @Override
        public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            ArrayNode either = node.putArray("anyOf");
            either.addObject().put("type", "number");
            either.addObject().putArray("enum").add("NaN").add("Infinity").add("-Infinity");
            return new JsonNumberFormatVisitor.Base();
        }

        @Override
        public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            node.put("type", "integer");
            return new JsonIntegerFormatVisitor.Base();
        }

        @Override
        public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            node.put("type", "boolean");
            return new JsonBooleanFormatVisitor.Base();
        }

        @Override
        public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            node.put("type", "array");
            return new JsonArrayFormatVisitor.Base(context) {
                @Override
                public void itemsFormat(JsonFormatVisitable serializer, JavaType item) {
                    node.set("items", of(serializer, item, item.isPrimitive()));
                }
            };
        }

        @Override
        public JsonMapFormatVisitor expectMapFormat(JavaType type) {
            node.put("type", "object");
            return new JsonMapFormatVisitor.Base(context) {
                @Override
                public void valueFormat(JsonFormatVisitable serializer, JavaType value) {
                    node.set("additionalProperties", of(serializer, value, false));
                }
            };
        }

        @Override
        public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            node.put("type", "object");
            return new Properties(node);
        }
    }

    private final class Properties extends JsonObjectFormatVisitor.Base {

        private final ObjectNode node;

        Properties(ObjectNode node) {
            super(context);
            this.node = node;
        }

        @Override
        public void property(BeanProperty property) {
            optionalProperty(property);
        }

        @Override
        public void optionalProperty(BeanProperty property) {
            JavaType type = property.getType();
            node.withObjectProperty("properties")
                    .set(property.getName(), of(serializer(property), type, type.isPrimitive()));
            if (isAlwaysWritten(property)) {
                node.withArrayProperty("required").add(property.getName());
            }
        }

        private JsonFormatVisitable serializer(BeanProperty property) {
            ValueSerializer<Object> own = property instanceof BeanPropertyWriter writer ? writer.getSerializer() : null;
            return own != null ? own : context.findPrimaryPropertySerializer(property.getType(), property);
        }

        private boolean isAlwaysWritten(BeanProperty property) {
            JsonInclude.Include inclusion = property.findPropertyInclusion(
                            mapper.serializationConfig(), property.getMember().getDeclaringClass())
                    .getValueInclusion();
            return inclusion == JsonInclude.Include.ALWAYS || inclusion == JsonInclude.Include.USE_DEFAULTS;
        }
    }
}
