package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes one aggregate from its events, all of them or those behind a snapshot. For one thread. */
final class AggregateReplay<A extends Aggregate> {

    private final AggregateType<A> type;
    private final UUID id;
    private final EventFormat format;
    private final Clock clock;
    private @Nullable A aggregate;
    private @Nullable UUID lastEvent;
    private boolean personal;
    private long events;

    AggregateReplay(AggregateType<A> type, UUID id, EventFormat format, Clock clock, @Nullable A restored) {
        this.type = type;
        this.id = id;
        this.format = format;
        this.clock = clock;
        this.aggregate = restored;
    }

    /** How many events were added. */
    long events() {
        return events;
    }

    /** A stored event is one version, however many events upcasters make of it. */
    void add(RecordedEvent stored) {
        EventDefinition known = type.eventStoredAs(stored.type());
        Object @Nullable [] arguments = known == null ? null : format.decodeIfPlain(known.shape(), stored);
        if (known != null && arguments != null) {
            aggregate = next(known, arguments, stored);
        } else {
            addWhatItSays(stored, known);
        }
        if (aggregate != null) {
            aggregate.replayed(stored.streamPosition(), stored.timestamp());
        }
        lastEvent = stored.id();
        events++;
    }

    private void addWhatItSays(RecordedEvent stored, @Nullable EventDefinition known) {
        personal |= format.isPersonal(stored);
        for (RecordedEvent event : format.read(stored, known == null ? stored.type() : known.type())) {
            EventDefinition definition = definition(event);
            aggregate = next(definition, format.decode(definition.shape(), event), event);
        }
    }

    /**
     * The aggregate after all that was added; null if that makes none.
     *
     * @param before what is known of its snapshots
     */
    @Nullable
    A end(StreamName stream, SnapshotProgress before) {
        if (aggregate != null) {
            aggregate.loadedFrom(stream);
            aggregate.progress(new SnapshotProgress(
                    before.position(),
                    before.takenAt(),
                    before.anew(),
                    personal,
                    lastEvent == null ? before.lastEvent() : lastEvent));
        }
        return aggregate;
    }

    private A next(EventDefinition definition, Object[] arguments, RecordedEvent event) {
        return aggregate == null
                ? create(definition, arguments, event)
                : apply(aggregate, definition, arguments, event);
    }

    private EventDefinition definition(RecordedEvent event) {
        EventDefinition definition = type.eventOfType(event.type());
        if (definition == null) {
            throw new EventSourcingException(
                    event + " is no event of " + type.aggregateClass().getName() + ", which has " + type.eventNames()
                            + ". Bring back the constructor or method that made it");
        }
        return definition;
    }

    private A create(EventDefinition definition, Object[] arguments, RecordedEvent event) {
        if (!definition.isCreation()) {
            throw new EventSourcingException(event + " is the first event of its stream, but "
                    + definition.shape().origin() + " is no constructor");
        }
        Creation.replaying(new Creation.Replay(type.aggregateClass(), id, clock));
        try {
            A created = type.aggregateClass().cast(definition.construct(arguments));
            created.replayed(event.streamPosition(), event.timestamp()); // what it is split into may ask for its time
            return created;
        } catch (Exception e) { // checked ones too: replay calls whatever the body declares
            throw failed(event, definition, e);
        } finally {
            Creation.replayed();
        }
    }

    private A apply(A before, EventDefinition definition, Object[] arguments, RecordedEvent event) {
        if (definition.isCreation()) {
            throw new EventSourcingException(event + " is not the first event of its stream, but "
                    + definition.shape().origin() + " is a constructor");
        }
        try {
            definition.run(before, arguments);
        } catch (Exception e) {
            throw failed(event, definition, e);
        }
        return before;
    }

    private static EventSourcingException failed(RecordedEvent event, EventDefinition definition, Exception e) {
        return new EventSourcingException(
                "Replaying " + event + " failed in " + definition.shape().origin()
                        + ": what happened once can't be refused now, so move the check to a method that isn't replayed",
                e);
    }
}
