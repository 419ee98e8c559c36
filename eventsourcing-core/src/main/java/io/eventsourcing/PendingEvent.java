package io.eventsourcing;

import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.store.NewEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event that an aggregate has recorded and that isn't stored yet. */
public final class PendingEvent {

    private final EventDefinition definition;
    private final Object[] arguments;
    private Instant timestamp;

    /** Made once, so that a save tried again is recognised by the event's id. */
    private @Nullable NewEvent encoded;

    PendingEvent(EventDefinition definition, Object[] arguments, Instant timestamp) {
        this.definition = definition;
        this.arguments = arguments;
        this.timestamp = timestamp;
    }

    /** The full type, such as {@code Dog.TrickAdded}. */
    public String type() {
        return definition.type();
    }

    /** The name in its aggregate, such as {@code TrickAdded}. */
    public String name() {
        return definition.name();
    }

    public Instant timestamp() {
        return timestamp;
    }

    /** The arguments by name, in the order of the parameters. */
    public Map<String, @Nullable Object> arguments() {
        Map<String, @Nullable Object> byName = new LinkedHashMap<>();
        List<EventShape.Parameter> parameters = definition.shape().parameters();
        for (int i = 0; i < arguments.length; i++) {
            byName.put(parameters.get(i).name(), arguments[i]);
        }
        return Collections.unmodifiableMap(byName);
    }

    Object[] values() {
        return arguments;
    }

    EventDefinition definition() {
        return definition;
    }

    void stamp(Instant instant) {
        timestamp = instant;
    }

    @Nullable
    NewEvent encoded() {
        return encoded;
    }

    void encoded(NewEvent event) {
        encoded = event;
    }

    @Override
    public String toString() {
        return name() + arguments();
    }
}
