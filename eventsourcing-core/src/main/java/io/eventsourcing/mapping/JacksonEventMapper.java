package io.eventsourcing.mapping;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events as JSON in UTF-8, by Jackson. The mapper is this class's own, so that what is stored doesn't change with what a
 * web interface looks like: times and durations as ISO 8601 text with offset and zone, enums by name, unknown properties
 * ignored, a missing or null primitive refused.
 */
public final class JacksonEventMapper implements EventMapper {

    private static final byte[] NO_METADATA = new byte[0];

    private final JsonMapper mapper;
    private final ObjectReader metadataReader;
    private final Map<EventShape, PayloadCodec> codecs = new ConcurrentHashMap<>();

    public JacksonEventMapper() {
        this(builder -> {});
    }

    /** @param customizer called last, for modules and mix-ins of the user's own types */
    public JacksonEventMapper(Consumer<JsonMapper.Builder> customizer) {
        JsonMapper.Builder builder = JsonMapper.builder(factory())
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(ArgumentsCodec.module())
                .addModule(
                        new SimpleModule("eventsourcing-keys").addKeySerializer(String.class, new TextKeySerializer()));
        customizer.accept(builder);
        this.mapper = builder.build();
        this.metadataReader = mapper.readerFor(new TypeReference<Map<String, String>>() {});
    }

    private JacksonEventMapper(JsonMapper mapper) {
        this.mapper = mapper;
        this.metadataReader = mapper.readerFor(new TypeReference<Map<String, String>>() {});
    }

    /** One that writes the fields of objects, and not what methods say of them, and keeps the order of sets. */
    JacksonEventMapper ofState() {
        return new JacksonEventMapper(mapper.rebuild()
                .changeDefaultVisibility(visibility -> visibility
                        .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                        .withVisibility(PropertyAccessor.SETTER, Visibility.NONE))
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                .addModule(new SimpleModule("eventsourcing-state")
                        .addAbstractTypeMapping(Set.class, LinkedHashSet.class)
                        .addAbstractTypeMapping(Deque.class, ArrayDeque.class))
                .build());
    }

    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder() // what fits into an event can be read again
                        .maxDocumentLength(NewEvent.MAX_BYTES)
                        .maxNumberLength(NewEvent.MAX_BYTES)
                        .maxStringLength(NewEvent.MAX_BYTES)
                        .maxNameLength(NewEvent.MAX_BYTES)
                        .build())
                .recyclerPool(JsonRecyclerPools.threadLocalPool()) // the default costs a queue's head for each event
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8) // an emoji in 4 bytes and not in 12
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // messages must not show payloads
                .build();
    }

    @Override
    public void check(EventShape shape) {
        codec(shape);
    }

    /**
     * A JSON Schema (2020-12) that accepts whatever this mapper writes for events of this shape.
     *
     * @throws EventMappingException if a payload couldn't be stored
     */
    @Override
    public String schema(EventShape shape) {
        check(shape);
        return PayloadSchema.of(mapper, shape).toString();
    }

    @Override
    public byte[] encode(EventShape shape, Object[] arguments) {
        try {
            return codec(shape).encode(arguments);
        } catch (JacksonException e) {
            throw new EventMappingException(
                    shape.eventType() + ", the event of " + shape.origin() + ", can't be written as JSON: " + path(e),
                    e);
        }
    }

    @Override
    public Object[] decode(EventShape shape, RecordedEvent event) {
        try {
            return codec(shape).decode(event.data());
        } catch (JacksonException e) {
            throw new EventMappingException(
                    event + " can't be read as the arguments of " + shape.origin() + ": " + JsonProblem.describe(e),
                    null); // its message would show the payload
        }
    }

    @Override
    public byte[] encode(Metadata metadata) {
        try {
            return metadata.values().isEmpty() ? NO_METADATA : mapper.writeValueAsBytes(metadata.values());
        } catch (JacksonException e) {
            throw new EventMappingException("The metadata can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public Metadata decodeMetadata(RecordedEvent event) {
        if (event.metadata().length == 0) {
            return Metadata.none();
        }
        try {
            Map<String, @Nullable String> values = metadataReader.readValue(event.metadata());
            if (values != null && !values.containsValue(null)) {
                return new Metadata(values);
            }
        } catch (JacksonException e) {
            throw unreadableMetadata(event, JsonProblem.describe(e));
        }
        throw unreadableMetadata(event, "it is null, or holds null");
    }

    private static EventMappingException unreadableMetadata(RecordedEvent event, String problem) {
        return new EventMappingException("The metadata of " + event + " can't be read: " + problem, null);
    }

    private PayloadCodec codec(EventShape shape) {
        PayloadCodec codec = codecs.get(shape);
        return codec != null ? codec : codecs.computeIfAbsent(shape, this::newCodec);
    }

    private PayloadCodec newCodec(EventShape shape) {
        for (EventShape.Parameter parameter : shape.parameters()) {
            Optional<String> objection =
                    new StorableTypes(mapper).objection(StorableTypes.resolve(mapper, shape, parameter));
            if (objection.isPresent()) {
                throw new EventMappingException(
                        shape.origin() + ": the parameter '" + parameter.name() + "' can't be stored: "
                                + objection.get()
                                + ". Use text, numbers, enums, java.time, UUID, Optional, records and collections of these",
                        null);
            }
        }
        shape.personal().stream()
                .filter(field -> !field.replacement().isEmpty())
                .forEach(field -> requireReadable(field, shape));
        Class<? extends Record> recordType = shape.recordType();
        return recordType == null ? new ArgumentsCodec(mapper, shape) : new RecordCodec(mapper, shape, recordType);
    }

    /** Found out before anything is stored: afterwards nobody could change it. */
    private void requireReadable(PersonalField field, EventShape shape) {
        EventShape.Parameter parameter = shape.field(field.name());
        try {
            mapper.readerFor(StorableTypes.resolve(mapper, shape, parameter))
                    .readValue(mapper.writeValueAsBytes(field.replacement()));
        } catch (JacksonException e) {
            throw new EventMappingException(
                    shape.origin() + ": the replacement '" + field.replacement() + "' of the personal field '"
                            + field.name() + "' can't be read as "
                            + parameter.type().getTypeName(),
                    null);
        }
    }

    private static String path(JacksonException e) {
        String path = e.getPathReference();
        @Nullable String message = e.getOriginalMessage();
        return path == null || path.isEmpty() ? String.valueOf(message) : message + " (at " + path + ")";
    }
}
