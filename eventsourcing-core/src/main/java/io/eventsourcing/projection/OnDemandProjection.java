package io.eventsourcing.projection;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingException;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;

/** Makes a projection when it is wanted, from the events that there are. Nothing is stored. */
public final class OnDemandProjection {

    private OnDemandProjection() {}

    /** As {@link #replay(EventSourcing, Object, ReadOptions)}, of all events. */
    public static <T> T replay(EventSourcing eventSourcing, T projection) {
        return replay(eventSourcing, projection, ReadOptions.forwards());
    }

    /**
     * Hands the events of the store to the {@link EventHandler} methods of an object, one after the other, on this thread.
     *
     * @param projection whose class has a {@link Projection} annotation; mostly a new object
     * @param range how far to read, such as {@code forwards().asOf(instant)}; the types and streams are the projection's
     * @return the same object
     * @throws ProjectionDefinitionException if it is written in a wrong way, or is a process manager
     * @throws EventSourcingException if a handler throws something that is checked; what isn't is thrown as it is
     */
    public static <T> T replay(EventSourcing eventSourcing, T projection, ReadOptions range) {
        replay(eventSourcing, ProjectionDefinition.of(projection), range);
        return projection;
    }

    /** The same, with a projection that is told in code. */
    public static void replay(EventSourcing eventSourcing, ProjectionDefinition definition, ReadOptions range) {
        definition.requireNoProcess("run on demand");
        BoundProjection projection = new BoundProjection(definition, eventSourcing);
        try (EventSequence events = eventSourcing.store().readAll(projection.select(range))) {
            for (RecordedEvent event : events) {
                handle(projection, event);
            }
        }
    }

    /** On behalf of a caller that is to see what the handler throws. */
    static void handle(BoundProjection projection, RecordedEvent event) {
        try {
            projection.handle(event);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EventSourcingException("The projection " + projection.name() + " can't handle " + event, e);
        }
    }
}
