package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an aggregate does, told in events: given this history, when this command is called, then these events are recorded
 * and this is the state.
 *
 * <pre>{@code
 * AggregateSpec.of(Dog.class)
 *         .given(() -> new Dog("Fido"))
 *         .and(dog -> dog.addTrick("sit"))
 *         .when(dog -> dog.addTrick("roll over"))
 *         .then(event("TrickAdded").with("trick", "roll over"))
 *         .thenState(dog -> assertThat(dog.tricks()).containsExactly("sit", "roll over"));
 * }</pre>
 *
 * <p>The history is stored and the aggregate loaded before the command, and again after it, so that each specification
 * also tests that the events can be written, read and replayed. Whatever isn't as specified is an {@link AssertionError}
 * that shows the difference.
 *
 * <p>Immutable; each {@code when} starts from the given history, in a store of its own.
 */
public final class AggregateSpec<A extends Aggregate> {

    private final Class<A> type;
    private final EventMapper mapper;
    private final UnaryOperator<EventSourcingBuilder> configuration;

    private AggregateSpec(Class<A> type, EventMapper mapper, UnaryOperator<EventSourcingBuilder> configuration) {
        this.type = Objects.requireNonNull(type, "type");
        this.mapper = Objects.requireNonNull(mapper, "mapper");
        this.configuration = configuration;
    }

    public static <A extends Aggregate> AggregateSpec<A> of(Class<A> type) {
        return of(type, new JacksonEventMapper());
    }

    /** For an application that has a mapper of its own. */
    public static <A extends Aggregate> AggregateSpec<A> of(Class<A> type, EventMapper mapper) {
        return new AggregateSpec<>(type, mapper, UnaryOperator.identity());
    }

    /** A copy for events that need upcasters. There are keys for personal data in any case. */
    public AggregateSpec<A> with(UnaryOperator<EventSourcingBuilder> newConfiguration) {
        return new AggregateSpec<>(type, mapper, newConfiguration);
    }

    /** An event by its name in the aggregate, such as {@code TrickAdded}; its arguments follow. */
    public static EventSpec event(String name) {
        return EventSpec.of(name);
    }

    /** An event by the record that it is made of, or that is its only argument. */
    public static EventSpec event(Record record) {
        return EventSpec.of(record);
    }

    /** Begins the history with a command: a call of a constructor. */
    public GivenStep<A> given(Supplier<? extends A> creation) {
        return new GivenStep<>(this::newStage, List.of(stage -> stage.begin(creation)));
    }

    /**
     * Begins the history with events that were recorded some time ago, with all of their arguments. The first one is the
     * event of a constructor.
     */
    public GivenStep<A> given(EventSpec first, EventSpec... more) {
        return new GivenStep<A>(this::newStage, List.of(stage -> stage.append(List.of(first)))).and(more);
    }

    /** Calls a constructor, without any history. */
    public ThenStep<A> when(Supplier<? extends A> creation) {
        return new ThenStep<>(newStage().create(creation));
    }

    private Stage<A> newStage() {
        return new Stage<>(type, mapper, configuration);
    }
}
