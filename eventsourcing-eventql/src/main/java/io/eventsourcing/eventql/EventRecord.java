package io.eventsourcing.eventql;

import io.eventsourcing.store.RecordedEvent;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event as a record, whose data and metadata are parsed when they are asked for. For one thread. */
final class EventRecord extends AbstractMap<String, @Nullable Object> {

    static final String DATA = "data";
    static final String ID = "id";
    static final String POSITION = "position";
    static final String STREAM = "stream";
    static final String TIME = "time";
    static final String TYPE = "type";

    /** What EventSourcingDB calls a stream. */
    static final String SUBJECT = "subject";

    private record Field(Kind kind, Function<EventRecord, @Nullable Object> value) {}

    private static final Map<String, Field> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put(ID, new Field(Kind.STRING, record -> record.event.id().toString()));
        FIELDS.put(TYPE, new Field(Kind.STRING, record -> record.event.type()));
        FIELDS.put(
                STREAM, new Field(Kind.STRING, record -> record.event.stream().value()));
        FIELDS.put("streamPosition", new Field(Kind.NUMBER, record -> Numbers.of(record.event.streamPosition())));
        FIELDS.put(POSITION, new Field(Kind.NUMBER, record -> Numbers.of(record.event.commitPosition())));
        FIELDS.put(TIME, new Field(Kind.DATETIME, record -> record.event.timestamp()));
        FIELDS.put(DATA, new Field(Kind.ANY, record -> record.data()));
        FIELDS.put("metadata", new Field(Kind.ANY, record -> record.metadata()));
    }

    private final RecordedEvent event;
    private @Nullable Object data;
    private @Nullable Object metadata;
    private boolean hasData;
    private boolean hasMetadata;

    EventRecord(RecordedEvent event) {
        this.event = event;
    }

    /** What can be asked of an event. */
    static Type type() {
        Map<String, Type> types = new LinkedHashMap<>();
        FIELDS.forEach((name, field) -> types.put(name, Type.of(field.kind)));
        types.put(SUBJECT, Type.of(Kind.STRING));
        return new Type(Kind.RECORD, types);
    }

    @Override
    public @Nullable Object get(Object name) {
        Field field = FIELDS.get(SUBJECT.equals(name) ? STREAM : name);
        return field == null ? null : field.value.apply(this);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        Set<Entry<String, @Nullable Object>> entries = new LinkedHashSet<>();
        FIELDS.forEach((name, field) -> entries.add(new SimpleImmutableEntry<>(name, field.value.apply(this))));
        return entries;
    }

    private @Nullable Object data() {
        if (!hasData) {
            data = Json.parse(event.data());
            hasData = true;
        }
        return data;
    }

    private @Nullable Object metadata() {
        if (!hasMetadata) {
            metadata = Json.parse(event.metadata());
            hasMetadata = true;
        }
        return metadata;
    }
}
