package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes aggregates again from their events. Thread-safe. */
final class AggregateReader {

    private final EventStore store;
    private final EventFormat format;
    private final Clock clock;

    AggregateReader(EventStore store, EventFormat format, Clock clock) {
        this.store = store;
        this.format = format;
        this.clock = clock;
    }

    /** The aggregate after at most this many stored events; null if they make none. */
    <A extends Aggregate> @Nullable A read(AggregateType<A> type, UUID id, long count) {
        for (StreamName stream : type.streams(id)) {
            A aggregate = read(type, id, stream, count);
            if (aggregate != null) {
                return aggregate;
            }
        }
        return null;
    }

    private <A extends Aggregate> @Nullable A read(AggregateType<A> type, UUID id, StreamName stream, long count) {
        A aggregate = null;
        try (EventSequence events = store.read(stream, ReadOptions.forwards().limit(count))) {
            for (RecordedEvent stored : events) {
                aggregate = replay(aggregate, type, id, stored);
            }
        }
        if (aggregate != null) {
            aggregate.loadedFrom(stream);
        }
        return aggregate;
    }

    /** A stored event is one version, however many events upcasters make of it. */
    private <A extends Aggregate> @Nullable A replay(
            @Nullable A before, AggregateType<A> type, UUID id, RecordedEvent stored) {
        EventDefinition known = type.eventStoredAs(stored.type());
        Object @Nullable [] arguments = known == null ? null : format.decodeIfPlain(known.shape(), stored);
        A aggregate = known != null && arguments != null
                ? next(before, type, id, known, arguments, stored)
                : replayWhatItSays(before, type, id, stored, known);
        if (aggregate != null) {
            aggregate.replayed(stored.streamPosition(), stored.timestamp());
        }
        return aggregate;
    }

    private <A extends Aggregate> @Nullable A replayWhatItSays(
            @Nullable A before, AggregateType<A> type, UUID id, RecordedEvent stored, @Nullable EventDefinition known) {
        A aggregate = before;
        for (RecordedEvent event : format.read(stored, known == null ? stored.type() : known.type())) {
            EventDefinition definition = definition(type, event);
            aggregate = next(aggregate, type, id, definition, format.decode(definition.shape(), event), event);
        }
        return aggregate;
    }

    private <A extends Aggregate> A next(
            @Nullable A aggregate,
            AggregateType<A> type,
            UUID id,
            EventDefinition definition,
            Object[] arguments,
            RecordedEvent event) {
        return aggregate == null
                ? create(type, id, definition, arguments, event)
                : apply(aggregate, definition, arguments, event);
    }

    private static EventDefinition definition(AggregateType<?> type, RecordedEvent event) {
        EventDefinition definition = type.eventOfType(event.type());
        if (definition == null) {
            throw new EventSourcingException(
                    event + " is no event of " + type.aggregateClass().getName() + ", which has " + type.eventNames()
                            + ". Bring back the constructor or method that made it");
        }
        return definition;
    }

    private <A extends Aggregate> A create(
            AggregateType<A> type, UUID id, EventDefinition definition, Object[] arguments, RecordedEvent event) {
        if (!definition.isCreation()) {
            throw new EventSourcingException(event + " is the first event of its stream, but "
                    + definition.shape().origin() + " is no constructor");
        }
        Creation.replaying(new Creation.Replay(type.aggregateClass(), id, clock));
        try {
            A aggregate = type.aggregateClass().cast(definition.construct(arguments));
            aggregate.replayed(event.streamPosition(), event.timestamp()); // what it is split into may ask for its time
            return aggregate;
        } catch (Exception e) { // checked ones too: replay calls whatever the body declares
            throw failed(event, definition, e);
        } finally {
            Creation.replayed();
        }
    }

    private static <A extends Aggregate> A apply(
            A aggregate, EventDefinition definition, Object[] arguments, RecordedEvent event) {
        if (definition.isCreation()) {
            throw new EventSourcingException(event + " is not the first event of its stream, but "
                    + definition.shape().origin() + " is a constructor");
        }
        try {
            definition.run(aggregate, arguments);
        } catch (Exception e) {
            throw failed(event, definition, e);
        }
        return aggregate;
    }

    private static EventSourcingException failed(RecordedEvent event, EventDefinition definition, Exception e) {
        return new EventSourcingException(
                "Replaying " + event + " failed in " + definition.shape().origin()
                        + ": what happened once can't be refused now, so move the check to a method that isn't replayed",
                e);
    }
}
