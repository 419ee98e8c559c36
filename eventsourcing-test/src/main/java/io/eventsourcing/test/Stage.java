package io.eventsourcing.test;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The aggregate of one specification, alone in a store. Not thread-safe. */
final class Stage<A extends Aggregate> {

    private final Class<A> type;
    private final String name;
    private final EventCatalog catalog;
    private final EventFormat format;
    private final EventSourcing eventSourcing;
    private UUID id = UUID.randomUUID();

    Stage(Class<A> type, EventMapper mapper, UnaryOperator<EventSourcingBuilder> configuration) {
        AggregateName given = type.getDeclaredAnnotation(AggregateName.class);
        this.type = type;
        this.name = given != null ? given.value() : type.getSimpleName();
        this.catalog = new EventCatalog(name, mapper);
        MemoryEventStore store = new MemoryEventStore();
        CipherKeys keys = CipherKeys.of(Base64.getEncoder().encodeToString(new byte[32])); // there is nothing to hide
        this.format = EventFormat.builder(catalog)
                .cipherKeys(keys)
                .subjectKeys(store.subjectKeys())
                .build();
        this.eventSourcing = configuration
                .apply(EventSourcing.builder(store))
                .mapper(catalog)
                .cipherKeys(keys)
                .subjectKeys(store.subjectKeys())
                .build();
        eventSourcing.repository().exists(type, id); // the first use of a class shows its events to the mapper
    }

    /** Calls a constructor. */
    Outcome<A> create(Supplier<? extends A> creation) {
        AtomicReference<@Nullable A> created = new AtomicReference<>();
        Throwable thrown = catchThrowable(() -> created.set(creation.get()));
        A live = created.get();
        if (live != null) {
            id = live.id();
        }
        return outcome(live, thrown);
    }

    /** Calls a command. */
    Outcome<A> call(Consumer<? super A> command) {
        A live = eventSourcing.repository().get(type, id);
        return outcome(live, catchThrowable(() -> command.accept(live)));
    }

    /** Calls a command of the history, which must not fail. */
    void happened(Consumer<? super A> command) {
        requireReturned(call(command));
    }

    /** Begins the history. */
    void begin(Supplier<? extends A> creation) {
        requireReturned(create(creation));
    }

    /** Appends events as if they had been recorded some time ago. */
    void append(List<EventSpec> events) {
        List<NewEvent> appended = events.stream().map(this::encoded).toList();
        eventSourcing.store().append(StreamName.of(name, id), ExpectedPosition.any(), appended);
    }

    private NewEvent encoded(EventSpec event) {
        return format.writer(Metadata.none())
                .write(
                        catalog.shapeOf(event),
                        catalog.arguments(event),
                        new EventFormat.Place(StreamName.of(name, id), UUID.randomUUID(), Instant.now()));
    }

    private Outcome<A> outcome(@Nullable A live, @Nullable Throwable thrown) {
        if (live == null) {
            return new Outcome<>(catalog, null, null, List.of(), thrown);
        }
        List<SpokenEvent> events = live.pendingEvents().stream()
                .map(event -> new SpokenEvent(event.name(), event.arguments()))
                .toList();
        A replayed = thrown == null ? savedAndLoaded(live, events) : loaded();
        return new Outcome<>(catalog, live, replayed, events, thrown);
    }

    private @Nullable A savedAndLoaded(A live, List<SpokenEvent> events) {
        try {
            eventSourcing.save(live);
            return loaded();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "What " + name + " recorded can't be stored and replayed: " + e.getMessage() + Lines.of(events), e);
        }
    }

    private @Nullable A loaded() {
        return eventSourcing.repository().find(type, id).orElse(null);
    }

    private void requireReturned(Outcome<A> outcome) {
        Throwable thrown = outcome.thrown();
        if (thrown != null) {
            throw new AssertionError("What was given for " + name + " threw " + thrown, thrown);
        }
    }
}
