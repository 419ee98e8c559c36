package io.eventsourcing.eventstoredb.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.kurrentdb.protocol.v2.streams.AppendRecord;
import io.kurrentdb.protocol.v2.streams.SchemaFormat;
import java.util.Map;
import java.util.UUID;

/** Reads events of the second protocol. What it calls properties, readers get as metadata in JSON. */
final class SessionRecords {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SessionRecords() {}

    static int size(AppendRecord proposed) {
        int properties = Struct.newBuilder()
                .putAllFields(proposed.getPropertiesMap())
                .build()
                .getSerializedSize();
        int name = ByteString.copyFromUtf8(proposed.getSchema().getName()).size();
        return proposed.getData().size() + properties + name;
    }

    /** @throws io.grpc.StatusRuntimeException if a field is missing or malformed */
    static ProposedEvent event(AppendRecord proposed) {
        String type = proposed.getSchema().getName();
        SchemaFormat format = proposed.getSchema().getFormat();
        if (type.isEmpty() || format == SchemaFormat.SCHEMA_FORMAT_UNSPECIFIED) {
            throw Refusals.invalid("A record needs a schema with a name and a format");
        }
        ByteString metadata = ByteString.copyFromUtf8(metadata(proposed).toString());
        return new ProposedEvent(
                id(proposed), type, format == SchemaFormat.SCHEMA_FORMAT_JSON, proposed.getData(), metadata);
    }

    private static UUID id(AppendRecord proposed) {
        try {
            return proposed.hasRecordId() ? UUID.fromString(proposed.getRecordId()) : UUID.randomUUID();
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid("Record ID must be a valid UUID");
        }
    }

    private static ObjectNode metadata(AppendRecord proposed) {
        ObjectNode metadata = object(proposed.getPropertiesMap());
        metadata.put("$schema.name", proposed.getSchema().getName());
        metadata.put("$schema.format", formatName(proposed.getSchema().getFormat()));
        return metadata;
    }

    private static String formatName(SchemaFormat format) {
        return switch (format) {
            case SCHEMA_FORMAT_JSON -> "Json";
            case SCHEMA_FORMAT_PROTOBUF -> "Protobuf";
            case SCHEMA_FORMAT_AVRO -> "Avro";
            default -> "Bytes";
        };
    }

    private static ObjectNode object(Map<String, Value> fields) {
        ObjectNode object = JSON.objectNode();
        fields.forEach((name, value) -> object.set(name, node(value)));
        return object;
    }

    private static JsonNode node(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> JSON.textNode(value.getStringValue());
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            case NUMBER_VALUE -> JSON.numberNode(value.getNumberValue());
            case STRUCT_VALUE -> object(value.getStructValue().getFieldsMap());
            case LIST_VALUE ->
                JSON.arrayNode()
                        .addAll(value.getListValue().getValuesList().stream()
                                .map(SessionRecords::node)
                                .toList());
            case NULL_VALUE, KIND_NOT_SET -> JSON.nullNode();
        };
    }
}
