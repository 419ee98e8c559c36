package io.eventsourcing.test;

import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.RecordedEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of an aggregate class, which the library shows to a mapper before it uses the class. Not thread-safe.
 */
final class EventCatalog implements EventMapper {

    private final String aggregate;
    private final EventMapper mapper;
    private final Map<String, EventShape> byName = new TreeMap<>();

    EventCatalog(String aggregate, EventMapper mapper) {
        this.aggregate = aggregate;
        this.mapper = mapper;
    }

    @Override
    public void check(EventShape shape) {
        mapper.check(shape);
        byName.put(name(shape), shape);
    }

    @Override
    public byte[] encode(EventShape shape, Object[] arguments) {
        return mapper.encode(shape, arguments);
    }

    @Override
    public Object[] decode(EventShape shape, RecordedEvent event) {
        return mapper.decode(shape, event);
    }

    @Override
    public byte[] encode(Metadata metadata) {
        return mapper.encode(metadata);
    }

    @Override
    public Metadata decodeMetadata(RecordedEvent event) {
        return mapper.decodeMetadata(event);
    }

    /** @throws IllegalArgumentException if the aggregate has no such event; the message says which it has */
    EventShape shapeOf(EventSpec event) {
        Record record = event.record();
        return byName.values().stream()
                .filter(shape -> record == null
                        ? name(shape).equals(event.name())
                        : record.getClass().equals(shape.recordType()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        aggregate + " has no event " + event + "; it has " + String.join(", ", byName.keySet())));
    }

    /** The event with the arguments that it has in the aggregate, whichever way it was given. */
    SpokenEvent spoken(EventSpec event) {
        Record record = event.record();
        if (record == null) {
            return new SpokenEvent(event.name(), event.arguments());
        }
        EventShape shape = shapeOf(event);
        Map<String, @Nullable Object> components = shape.isRecordArgument() ? Map.of() : components(record);
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        for (EventShape.Parameter parameter : shape.parameters()) {
            arguments.put(parameter.name(), shape.isRecordArgument() ? record : components.get(parameter.name()));
        }
        return new SpokenEvent(name(shape), arguments);
    }

    /** In the order of the parameters. */
    @Nullable
    Object[] arguments(EventSpec event) {
        EventShape shape = shapeOf(event);
        Map<String, @Nullable Object> given = spoken(event).arguments();
        List<String> names =
                shape.parameters().stream().map(EventShape.Parameter::name).toList();
        if (!given.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException(
                    "The arguments of " + name(shape) + " are " + names + ", but those given are " + given.keySet());
        }
        return names.stream().map(given::get).toArray();
    }

    private String name(EventShape shape) {
        return shape.eventType().substring(aggregate.length() + 1);
    }

    private static Map<String, @Nullable Object> components(Record record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            values.put(component.getName(), value(record, component.getAccessor()));
        }
        return values;
    }

    private static @Nullable Object value(Record record, Method accessor) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("A component of " + record.getClass() + " can't be read", e);
        }
    }
}
