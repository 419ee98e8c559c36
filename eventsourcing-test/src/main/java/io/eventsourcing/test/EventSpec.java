package io.eventsourcing.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event in a specification: its name in the aggregate, such as {@code TrickAdded}, and its arguments by name; or the
 * record that describes it. Made by {@link AggregateSpec#event(String)} and {@link AggregateSpec#event(Record)}.
 * Immutable.
 */
public final class EventSpec {

    private final String name;
    private final Map<String, @Nullable Object> arguments;
    private final @Nullable Record record;

    private EventSpec(String name, Map<String, @Nullable Object> arguments, @Nullable Record record) {
        this.name = name;
        this.arguments = arguments;
        this.record = record;
    }

    static EventSpec of(String name) {
        return new EventSpec(Objects.requireNonNull(name, "name"), new LinkedHashMap<>(), null);
    }

    static EventSpec of(Record record) {
        return new EventSpec(record.getClass().getSimpleName(), new LinkedHashMap<>(), record);
    }

    /**
     * A copy with one more argument.
     *
     * @throws IllegalStateException if this event is described by a record, which has all of them
     */
    public EventSpec with(String argument, @Nullable Object value) {
        if (record != null) {
            throw new IllegalStateException(record + " is all that there is to say of its event");
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(arguments);
        more.put(Objects.requireNonNull(argument, "argument"), value);
        return new EventSpec(name, more, null);
    }

    String name() {
        return name;
    }

    Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    @Nullable
    Record record() {
        return record;
    }

    @Override
    public String toString() {
        return record != null ? record.toString() : new SpokenEvent(name, arguments).toString();
    }
}
