package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.projection.OnDemandProjection;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a projection makes of events: given these, then this is what it shows.
 *
 * <pre>{@code
 * ProjectionSpec.of(DogNames::new)
 *         .given(() -> new Dog("Fido"))
 *         .given("Dog-1", event("Dog.Registered").with("name", "Rex"))
 *         .then(dogs -> assertThat(dogs.names()).containsExactly("Fido", "Rex"));
 * }</pre>
 *
 * <p>The events are stored and read again, so that each specification also shows that the projection can read them.
 * Immutable; each {@code then} starts with a new projection and an empty store.
 */
public final class ProjectionSpec<P> {

    private final Supplier<? extends P> newProjection;
    private final UnaryOperator<EventSourcingBuilder> configuration;
    private final List<Consumer<EventSourcing>> history;

    private ProjectionSpec(
            Supplier<? extends P> newProjection,
            UnaryOperator<EventSourcingBuilder> configuration,
            List<Consumer<EventSourcing>> history) {
        this.newProjection = Objects.requireNonNull(newProjection, "newProjection");
        this.configuration = configuration;
        this.history = List.copyOf(history);
    }

    /** @param newProjection makes an object whose class has a {@link io.eventsourcing.projection.Projection} annotation */
    public static <P> ProjectionSpec<P> of(Supplier<? extends P> newProjection) {
        return new ProjectionSpec<>(newProjection, UnaryOperator.identity(), List.of());
    }

    /** An event by its type, such as {@code Dog.TrickAdded}; its arguments follow. */
    public static EventSpec event(String type) {
        return EventSpec.of(type);
    }

    /** A copy for an application that has upcasters or a mapper of its own. */
    public ProjectionSpec<P> with(UnaryOperator<EventSourcingBuilder> newConfiguration) {
        return new ProjectionSpec<>(newProjection, newConfiguration, history);
    }

    /** Goes on with an aggregate that is made and saved. */
    public ProjectionSpec<P> given(Supplier<? extends Aggregate> aggregate) {
        return and(eventSourcing -> eventSourcing.save(aggregate.get()));
    }

    /** Goes on with events of a stream, whose arguments are stored by their names. */
    public ProjectionSpec<P> given(String stream, EventSpec... events) {
        EventMapper mapper = new JacksonEventMapper();
        List<NewEvent> encoded =
                List.of(events).stream().map(event -> encoded(event, mapper)).toList();
        return and(
                eventSourcing -> eventSourcing.store().append(StreamName.of(stream), ExpectedPosition.any(), encoded));
    }

    private ProjectionSpec<P> and(Consumer<EventSourcing> step) {
        List<Consumer<EventSourcing>> longer = new ArrayList<>(history);
        longer.add(step);
        return new ProjectionSpec<>(newProjection, configuration, longer);
    }

    private static NewEvent encoded(EventSpec event, EventMapper mapper) {
        List<EventShape.Parameter> parameters = event.arguments().entrySet().stream()
                .map(argument -> new EventShape.Parameter(argument.getKey(), type(argument.getValue())))
                .toList();
        EventShape shape = new EventShape(
                event.name(), "the specification", ProjectionSpec.class, ProjectionSpec.class, parameters, null);
        byte[] data = mapper.encode(shape, event.arguments().values().toArray());
        return new NewEvent(UUID.randomUUID(), event.name(), data, new byte[0], Instant.now());
    }

    private static Class<?> type(@Nullable Object value) {
        return value == null ? String.class : value.getClass();
    }

    /**
     * The assertions hold for a projection that has handled all that was given.
     *
     * @return this, to expect more of
     */
    public ProjectionSpec<P> then(Consumer<? super P> assertions) {
        EventSourcing eventSourcing = configuration
                .apply(EventSourcing.builder(new MemoryEventStore()))
                .build();
        history.forEach(step -> step.accept(eventSourcing));
        P projection = newProjection.get();
        try {
            OnDemandProjection.replay(eventSourcing, projection);
        } catch (RuntimeException e) {
            throw new AssertionError("The projection can't handle what was given: " + e.getMessage(), e);
        }
        assertions.accept(projection);
        return this;
    }
}
