package io.eventsourcing.projection;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.Instrumentation;
import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A projection together with what reads its events. Thread-safe, if its handlers are. */
final class BoundProjection {

    private static final Object[] NOTHING = {};

    private final ProjectionDefinition definition;
    private final EventSourcing eventSourcing;
    private final EventFormat format;
    private final Instrumentation instrumentation;
    private final Map<String, HandlerDefinition> handlers = new HashMap<>();

    private final Map<String, HandlerDefinition> timeouts = new HashMap<>();

    /** How events are called today that are stored under a name of old. */
    private final Map<String, String> names = new HashMap<>();

    /** As they are stored; empty for all. */
    private final Set<String> types = new HashSet<>();

    /** @throws ProjectionDefinitionException if a handler wants what can't be read */
    BoundProjection(ProjectionDefinition definition, EventSourcing eventSourcing) {
        this.definition = definition;
        this.eventSourcing = eventSourcing;
        this.format = eventSourcing.format();
        this.instrumentation = eventSourcing.instrumentation();
        definition.handlers().forEach(this::add);
        definition.timeouts().forEach(this::addTimeout);
        if (definition.others() != null) {
            types.clear();
        }
    }

    private void add(HandlerDefinition handler) {
        EventShape shape = handler.shape();
        if (shape != null) {
            check(shape);
        }
        handlers.put(handler.type(), handler);
        handler.types().forEach(name -> names.put(name, handler.type()));
        types.addAll(handler.types());
        types.addAll(format.storedTypes(handler.type()));
    }

    private void addTimeout(HandlerDefinition handler) {
        if (handler.shape() != null) {
            check(handler.shape());
        }
        timeouts.put(handler.type(), handler);
    }

    private void check(EventShape shape) {
        try {
            format.checkReadable(shape);
        } catch (EventMappingException e) {
            throw new ProjectionDefinitionException(
                    "The projection " + name() + " can't read what it handles: " + e.getMessage(), e);
        }
    }

    private void call(HandlerDefinition handler, RecordedEvent event, EventContext context) throws Throwable {
        EventShape shape = handler.shape();
        Object returned =
                handler.invocation().invoke(shape == null ? NOTHING : format.decodeNewest(shape, event), context);
        if (definition.isProcess()) {
            Effects.save(returned, eventSourcing);
        }
    }

    String name() {
        return definition.name();
    }

    ProjectionDefinition definition() {
        return definition;
    }

    /** Whether the handler of a stored type of event isn't to be called twice for an event. */
    boolean hasSideEffects(String type) {
        return definition.sideEffects().contains(names.getOrDefault(type, type));
    }

    /** With the conditions that this projection has. */
    ReadOptions select(ReadOptions range) {
        ReadOptions ofStreams = range.streams(definition.streams());
        return types.isEmpty() ? ofStreams : ofStreams.types(types);
    }

    boolean wants(RecordedEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && definition.streams().matches(event.stream());
    }

    /** Calls the handlers of what a stored event says today. Throws whatever they throw. */
    void handle(RecordedEvent stored) throws Throwable {
        handle(stored, new ArrayList<>());
    }

    /** @param changes to which the timeouts are added that handlers ask for */
    void handle(RecordedEvent stored, List<TimeoutChange> changes) throws Throwable {
        handle(stored, false, changes);
    }

    /**
     * @param isReplay whether handlers with side effects aren't called
     * @param changes to which the timeouts are added that handlers ask for
     */
    void handle(RecordedEvent stored, boolean isReplay, List<TimeoutChange> changes) throws Throwable {
        EventContext context = new EventContext(stored, format, name());
        instrumentation.handle(name(), stored, context::metadata, () -> {
            if (definition.isProcess()) {
                eventSourcing.reactTo(context.cause(), () -> handleWhatItSays(stored, isReplay, changes));
            } else {
                handleWhatItSays(stored, isReplay, changes);
            }
        });
    }

    boolean hasTimeouts() {
        return !timeouts.isEmpty();
    }

    /**
     * Calls the handler of a timeout. Throws whatever it throws.
     *
     * @param changes as {@link #handle}
     */
    void carryOut(Timeout timeout, List<TimeoutChange> changes) throws Throwable {
        HandlerDefinition handler = timeouts.get(timeout.name());
        if (handler == null) {
            throw new ProjectionDefinitionException(
                    "The process manager " + name() + " has no handler of timeouts named " + timeout.name()
                            + " any more: bring back its @TimeoutHandler");
        }
        RecordedEvent event = format.read(timeout.asEvent()).get(0);
        EventContext context = context(event, changes).ofTimeout();
        instrumentation.handle(
                name(),
                event,
                context::metadata,
                () -> eventSourcing.reactTo(context.cause(), () -> call(handler, event, context)));
    }

    private EventContext context(RecordedEvent event, List<TimeoutChange> changes) {
        return new EventContext(event, format, name()).withTimeouts(timeouts.keySet(), changes);
    }

    private void handleWhatItSays(RecordedEvent stored, boolean isReplay, List<TimeoutChange> changes)
            throws Throwable {
        String name = names.getOrDefault(stored.type(), stored.type());
        for (RecordedEvent event : format.read(stored, name)) {
            if (isReplay && definition.sideEffects().contains(event.type())) {
                continue;
            }
            EventContext context = context(event, changes);
            HandlerDefinition handler = handlers.get(event.type());
            ProjectionDefinition.Handler others = definition.others();
            if (handler != null) {
                call(handler, event, context);
            } else if (others != null) {
                others.handle(context);
            }
        }
    }
}
