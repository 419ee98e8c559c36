package io.eventsourcing.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.NewEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A schema that payloads can be compared with. Immutable. */
final class CompiledSchema {

    /** So many places are named in a message. */
    private static final int NAMED = 3;

    /** Whatever fits into an event can be read. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(NewEvent.MAX_BYTES)
                            .maxNumberLength(NewEvent.MAX_BYTES)
                            .maxStringLength(NewEvent.MAX_BYTES)
                            .maxNameLength(NewEvent.MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Nothing is fetched: a schema that refers to others has them in itself. */
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaCacheEnabled(false)
                    .schemaLoader(loader -> loader.allow(iri -> isOfTheStandard(iri.toString()))));

    private static final Schema OF_SCHEMAS =
            SCHEMAS.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final EventSchema source;
    private final JsonNode tree;
    private final Schema schema;

    private CompiledSchema(EventSchema source, JsonNode tree, Schema schema) {
        this.source = source;
        this.tree = tree;
        this.schema = schema;
    }

    private static boolean isOfTheStandard(String iri) {
        return iri.startsWith("https://json-schema.org/draft/2020-12/") || iri.startsWith("classpath:draft/2020-12/");
    }

    /** @throws IllegalArgumentException if it isn't a JSON Schema; the message says where */
    static CompiledSchema of(EventSchema source) {
        JsonNode tree = parsed(source);
        List<Error> errors = OF_SCHEMAS.validate(tree);
        if (!errors.isEmpty()) {
            throw invalid(
                    source,
                    errors.stream()
                            .limit(NAMED)
                            .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                            .collect(Collectors.joining("; ")));
        }
        try {
            Schema schema = SCHEMAS.getSchema(tree);
            schema.initializeValidators();
            return new CompiledSchema(source, tree, schema);
        } catch (SchemaException | IllegalArgumentException e) {
            throw invalid(source, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode parsed(EventSchema source) {
        try {
            return JSON.readTree(source.json());
        } catch (JacksonException e) {
            throw invalid(source, "it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static IllegalArgumentException invalid(EventSchema source, String problem) {
        return new IllegalArgumentException("The " + source + " is no JSON Schema of 2020-12: " + problem);
    }

    /** Whether another one says the same, however it is written. */
    boolean isSame(EventSchema other) {
        return tree.equals(parsed(other));
    }

    /** What the payload doesn't fit, without showing it; empty if it fits. */
    Optional<String> violation(byte[] json) {
        try {
            List<Error> errors = schema.validate(JSON.readTree(json));
            return errors.isEmpty() ? Optional.empty() : Optional.of(described(errors));
        } catch (JacksonException e) {
            return Optional.of("doesn't fit the " + source + ": it is no JSON"); // its message would show a part of it
        }
    }

    private String described(List<Error> errors) {
        return "doesn't fit the " + source + ": "
                + errors.stream()
                        .limit(NAMED)
                        .map(CompiledSchema::described)
                        .distinct()
                        .collect(Collectors.joining(", "))
                + (errors.size() > NAMED ? ", and more" : "");
    }

    /** The place in the schema: names in the payload can be somebody's, too. */
    private static String described(Error error) {
        String missing = "required".equals(error.getKeyword()) ? " (" + error.getProperty() + ")" : "";
        return error.getSchemaLocation().getFragment() + missing;
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
