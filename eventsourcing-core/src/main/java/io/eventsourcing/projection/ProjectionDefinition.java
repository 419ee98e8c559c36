package io.eventsourcing.projection;

import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.store.StreamFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A projection: its name, the events that it wants, and what handles them. Immutable. */
public final class ProjectionDefinition {

    /** The longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 90;

    /** Handles an event without looking at its payload, or by reading it itself. */
    @FunctionalInterface
    public interface Handler {
        void handle(EventContext event) throws Exception;
    }

    /** Handles an event whose payload is read as a record. */
    @FunctionalInterface
    public interface PayloadHandler<E extends Record> {
        void handle(E payload, EventContext event) throws Exception;
    }

    /** Carries out a timeout. */
    @FunctionalInterface
    public interface TimeoutAction {

        void carryOut(TimeoutContext timeout) throws Exception;
    }

    private final String name;
    private final boolean process;
    private final StreamFilter streams;
    private final List<HandlerDefinition> handlers;
    private final List<HandlerDefinition> timeouts;
    private final @Nullable Handler others;
    private final Set<String> sideEffects;
    private final List<String> tables;
    private final @Nullable Runnable onReset;

    private ProjectionDefinition(Builder builder) {
        this.name = builder.name;
        this.process = builder.process;
        this.streams = builder.streams;
        this.handlers = List.copyOf(builder.handlers);
        this.timeouts = List.copyOf(builder.timeouts);
        this.others = builder.others;
        this.sideEffects = Set.copyOf(builder.sideEffects);
        this.tables = List.copyOf(builder.tables);
        this.onReset = builder.onReset;
    }

    /**
     * A projection that is told in code.
     *
     * @throws ProjectionDefinitionException if the name is not 1 to {@value #MAX_NAME_LENGTH} letters, digits and {@code
     *     . _ -}
     */
    public static Builder named(String name) {
        return new Builder(name, false);
    }

    /**
     * A process manager that is told in code: see {@link ProcessManager}. Its handlers save aggregates themselves.
     *
     * @throws ProjectionDefinitionException as {@link #named}
     */
    public static Builder process(String name) {
        return new Builder(name, true);
    }

    /**
     * What an object's class says by {@link Projection} or {@link ProcessManager}, and {@link EventHandler}.
     *
     * @throws ProjectionDefinitionException if it doesn't say it, or in a wrong way
     */
    public static ProjectionDefinition of(Object projection) {
        return of(projection.getClass(), projection);
    }

    /**
     * What a class says by {@link Projection} or {@link ProcessManager}, and {@link EventHandler}, for an object that may be a proxy of a subclass.
     *
     * @throws ProjectionDefinitionException if it doesn't say it, or in a wrong way
     */
    public static ProjectionDefinition of(Class<?> type, Object projection) {
        return new AnnotatedProjection(type, projection).definition();
    }

    public String name() {
        return name;
    }

    /** Whether it reacts to events by saving aggregates, so that its handlers must get no event twice. */
    public boolean isProcess() {
        return process;
    }

    /** @throws ProjectionDefinitionException if it is a process manager */
    void requireNoProcess(String what) {
        if (process) {
            throw new ProjectionDefinitionException("The process manager " + name + " can't be " + what
                    + ", since it would react to events more than once, or where nobody keeps that it has: let it follow"
                    + " the events, or make it a @Projection that saves nothing");
        }
    }

    StreamFilter streams() {
        return streams;
    }

    List<HandlerDefinition> handlers() {
        return handlers;
    }

    /** Those of timeouts, by their names instead of types. */
    List<HandlerDefinition> timeouts() {
        return timeouts;
    }

    /** What handles the types that have no handler of their own; null if they are left out. */
    @Nullable
    Handler others() {
        return others;
    }

    /** The types, as they are called today, whose handlers aren't to be called twice for an event. */
    Set<String> sideEffects() {
        return sideEffects;
    }

    /** As handlers name them. */
    List<String> tables() {
        return tables;
    }

    /** What removes what was made of events; null if nothing but the tables is to be emptied. */
    @Nullable
    Runnable onReset() {
        return onReset;
    }

    @Override
    public String toString() {
        return (process ? "process manager " : "projection ") + name;
    }

    /** What can be said of a projection. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final boolean process;
        private final List<HandlerDefinition> handlers = new ArrayList<>();
        private final List<HandlerDefinition> timeouts = new ArrayList<>();
        private final Set<String> types = new HashSet<>();
        private StreamFilter streams = StreamFilter.all();
        private final Set<String> sideEffects = new LinkedHashSet<>();
        private List<String> tables = List.of();
        private @Nullable Handler others;
        private @Nullable Runnable onReset;

        private Builder(String name, boolean process) {
            this.name = requireName(name, "projection");
            this.process = process;
        }

        private static String requireName(String name, String what) {
            if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME_LENGTH + "}")) {
                throw new ProjectionDefinitionException("A " + what + " is named by 1 to " + MAX_NAME_LENGTH
                        + " letters, digits and the characters . _ - and not '" + name + "'");
            }
            return name;
        }

        /** Leaves out events of other streams. */
        public Builder streams(StreamFilter wanted) {
            this.streams = Objects.requireNonNull(wanted, "streams");
            return this;
        }

        /**
         * Handles events of a type.
         *
         * @throws ProjectionDefinitionException if it is handled already
         */
        public Builder on(String type, Handler handler) {
            Objects.requireNonNull(handler, "handler");
            return handler(
                    new HandlerDefinition(List.of(type), null, (arguments, context) -> {
                        handler.handle(context);
                        return null;
                    }),
                    type);
        }

        /**
         * Handles events of a type, whose arguments are read as a record.
         *
         * @throws ProjectionDefinitionException if it is handled already
         */
        public <E extends Record> Builder on(String type, Class<E> payload, PayloadHandler<? super E> handler) {
            Objects.requireNonNull(handler, "handler");
            EventShape shape = new EventShape(
                    type,
                    "the projection " + name,
                    payload,
                    payload,
                    List.of(new EventShape.Parameter("payload", payload)),
                    payload);
            return handler(
                    new HandlerDefinition(List.of(type), shape, (arguments, context) -> {
                        handler.handle(payload.cast(arguments[0]), context);
                        return null;
                    }),
                    type);
        }

        /** Handles events of all types that nothing else handles. */
        public Builder onOthers(Handler handler) {
            this.others = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Carries out the {@link Timeouts timeouts} of a name, without a look at their payload.
         *
         * @throws ProjectionDefinitionException if this is no process manager, or they are carried out already
         */
        public Builder onTimeout(String timeout, TimeoutAction action) {
            Objects.requireNonNull(action, "action");
            return timeout(
                    new HandlerDefinition(List.of(timeout), null, (arguments, context) -> {
                        action.carryOut(new TimeoutContext(context));
                        return null;
                    }),
                    timeout);
        }

        /** @param origin for messages */
        Builder timeout(HandlerDefinition handler, String origin) {
            String timeout = requireName(handler.type(), "timeout");
            if (!process) {
                throw new ProjectionDefinitionException("The projection " + name + " handles the timeout " + timeout
                        + " in " + origin + ", and only process managers have timeouts: make it a @ProcessManager");
            }
            if (timeouts.stream().anyMatch(other -> other.type().equals(timeout))) {
                throw new ProjectionDefinitionException("The process manager " + name + " handles the timeout "
                        + timeout + " twice, the second time by " + origin + ": leave out one of them");
            }
            timeouts.add(handler);
            return this;
        }

        /**
         * Says of the handlers of these types that they do something that can't be undone, or to the outside world. As {@link
         * EventHandler#sideEffects}.
         */
        public Builder sideEffects(String... handled) {
            sideEffects.addAll(List.of(handled));
            return this;
        }

        /** The tables that the handlers write to. As {@link Projection#tables}. */
        public Builder tables(String... names) {
            this.tables = List.of(names);
            return this;
        }

        /** Removes what was made of events. As a method with {@link ResetHandler}. */
        public Builder onReset(Runnable handler) {
            this.onReset = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /** @param origin for messages */
        Builder handler(HandlerDefinition handler, String origin) {
            for (String type : handler.types()) {
                if (!types.add(type)) {
                    throw new ProjectionDefinitionException("The projection " + name + " handles " + type
                            + " twice, the second time by " + origin + ": leave out one of them");
                }
            }
            handlers.add(handler);
            return this;
        }

        /** @throws ProjectionDefinitionException if nothing is handled, or not what is said to have side effects */
        public ProjectionDefinition build() {
            if (handlers.isEmpty() && others == null) {
                throw new ProjectionDefinitionException("The projection " + name
                        + " handles no event: give it a method with @EventHandler, or a handler by on(…)");
            }
            for (String type : sideEffects) {
                if (!types.contains(type)) {
                    throw new ProjectionDefinitionException("The projection " + name + " says that its handler of "
                            + type + " has side effects, and has none: give it one by on(…)");
                }
            }
            return new ProjectionDefinition(this);
        }
    }
}
