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

    private final String name;
    private final StreamFilter streams;
    private final List<HandlerDefinition> handlers;
    private final @Nullable Handler others;
    private final Set<String> sideEffects;
    private final List<String> tables;
    private final @Nullable Runnable onReset;

    private ProjectionDefinition(Builder builder) {
        this.name = builder.name;
        this.streams = builder.streams;
        this.handlers = List.copyOf(builder.handlers);
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
        return new Builder(name);
    }

    /**
     * What an object's class says by {@link Projection} and {@link EventHandler}.
     *
     * @throws ProjectionDefinitionException if it doesn't say it, or in a wrong way
     */
    public static ProjectionDefinition of(Object projection) {
        return of(projection.getClass(), projection);
    }

    /**
     * What a class says by {@link Projection} and {@link EventHandler}, for an object that may be a proxy of a subclass.
     *
     * @throws ProjectionDefinitionException if it doesn't say it, or in a wrong way
     */
    public static ProjectionDefinition of(Class<?> type, Object projection) {
        return new AnnotatedProjection(type, projection).definition();
    }

    public String name() {
        return name;
    }

    StreamFilter streams() {
        return streams;
    }

    List<HandlerDefinition> handlers() {
        return handlers;
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
        return "projection " + name;
    }

    /** What can be said of a projection. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private final List<HandlerDefinition> handlers = new ArrayList<>();
        private final Set<String> types = new HashSet<>();
        private StreamFilter streams = StreamFilter.all();
        private final Set<String> sideEffects = new LinkedHashSet<>();
        private List<String> tables = List.of();
        private @Nullable Handler others;
        private @Nullable Runnable onReset;

        private Builder(String name) {
            if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME_LENGTH + "}")) {
                throw new ProjectionDefinitionException("A projection is named by 1 to " + MAX_NAME_LENGTH
                        + " letters, digits and the characters . _ - and not '" + name + "'");
            }
            this.name = name;
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
                    new HandlerDefinition(List.of(type), null, (arguments, context) -> handler.handle(context)), type);
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
                    new HandlerDefinition(
                            List.of(type),
                            shape,
                            (arguments, context) -> handler.handle(payload.cast(arguments[0]), context)),
                    type);
        }

        /** Handles events of all types that nothing else handles. */
        public Builder onOthers(Handler handler) {
            this.others = Objects.requireNonNull(handler, "handler");
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
