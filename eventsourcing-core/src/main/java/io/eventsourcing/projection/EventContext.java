package io.eventsourcing.projection;

import io.eventsourcing.Cause;
import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What surrounds an event that is handled. Immutable. */
public final class EventContext {

    private final RecordedEvent event;
    private final EventFormat format;
    private final String projection;
    private final Set<String> timeoutNames;
    private final List<TimeoutChange> timeoutChanges;
    private final boolean timeout;

    /** Where nobody keeps timeouts. */
    EventContext(RecordedEvent event, EventFormat format, String projection) {
        this(event, format, projection, Set.of(), List.of(), false);
    }

    private EventContext(
            RecordedEvent event,
            EventFormat format,
            String projection,
            Set<String> timeoutNames,
            List<TimeoutChange> timeoutChanges,
            boolean timeout) {
        this.event = event;
        this.format = format;
        this.projection = projection;
        this.timeoutNames = timeoutNames;
        this.timeoutChanges = timeoutChanges;
        this.timeout = timeout;
    }

    /** @param changes to which those are added that a handler asks for */
    EventContext withTimeouts(Set<String> names, List<TimeoutChange> changes) {
        return new EventContext(event, format, projection, names, changes, timeout);
    }

    /** Of a timeout in the form of an event. */
    EventContext ofTimeout() {
        return new EventContext(event, format, projection, timeoutNames, timeoutChanges, true);
    }

    String projection() {
        return projection;
    }

    /** Grows from event to event: whoever writes to another place than the checkpoint's can tell by it what was there. */
    public long commitPosition() {
        return event.commitPosition();
    }

    public StreamName stream() {
        return event.stream();
    }

    /** Whose stream it is; empty for the default tenant. */
    public String tenant() {
        return event.tenant();
    }

    /** 0-based, without gaps in its stream. */
    public long streamPosition() {
        return event.streamPosition();
    }

    public UUID eventId() {
        return event.id();
    }

    /** As it is called today. */
    public String type() {
        return event.type();
    }

    /** When it happened, as given by whoever appended it. */
    public Instant timestamp() {
        return event.timestamp();
    }

    /**
     * The id of the aggregate whose event it is.
     *
     * @throws IllegalStateException if the stream isn't an aggregate's
     */
    public UUID aggregateId() {
        String name = event.stream().value();
        try {
            return UUID.fromString(name.substring(name.indexOf('-') + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The stream " + name + " isn't named after the id of an aggregate: ask for stream()", e);
        }
    }

    /** What was stored beside the payload. */
    public Metadata metadata() {
        return format.metadata(event);
    }

    /** Shared by everything that one request set off. */
    public Optional<String> correlationId() {
        return metadata().correlationId();
    }

    /**
     * An id that is the same each time that this projection handles this event, and another one for every other event,
     * projection or name. What is made anew with it is made once.
     *
     * @param name what the id is for
     */
    public UUID derivedId(String name) {
        return cause().derivedId(name);
    }

    /**
     * For being called again later.
     *
     * @throws IllegalStateException if this isn't the handler of a process manager that handles timeouts
     */
    public Timeouts timeouts() {
        if (timeoutNames.isEmpty()) {
            throw new IllegalStateException(projection
                    + " handles no timeouts: give it a method with @TimeoutHandler, and make it a @ProcessManager");
        }
        return new RequestedTimeouts(this, timeoutNames, format, timeoutChanges);
    }

    /** What is done because of this event; or because of what has asked for this timeout. */
    Cause cause() {
        String id = event.id().toString();
        Metadata caused = timeout
                ? metadata()
                : Metadata.ofCorrelationId(correlationId().orElse(id)).withCausationId(id);
        return new Cause(projection, event.id(), event.commitPosition(), event.tenant(), caused);
    }

    /** The event itself; its payload is plain JSON of today's form. */
    public RecordedEvent event() {
        return event;
    }

    @Override
    public String toString() {
        return event.toString();
    }
}
