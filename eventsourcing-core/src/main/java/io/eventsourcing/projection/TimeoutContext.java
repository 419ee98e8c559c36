package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What surrounds a timeout that is carried out. Immutable. */
public final class TimeoutContext {

    private final EventContext context;

    TimeoutContext(EventContext context) {
        this.context = context;
    }

    public String name() {
        return context.type();
    }

    /** Whose timeout it is. */
    public StreamName stream() {
        return context.stream();
    }

    /** Whose stream it is; empty for the default tenant. */
    public String tenant() {
        return context.tenant();
    }

    /** When it was due. */
    public Instant dueAt() {
        return context.timestamp();
    }

    /** As {@link EventContext#aggregateId}. */
    public UUID aggregateId() {
        return context.aggregateId();
    }

    /** That of the event whose handler has asked for the timeout. */
    public Optional<String> correlationId() {
        return context.correlationId();
    }

    /** As {@link EventContext#derivedId}, for this timeout. */
    public UUID derivedId(String name) {
        return context.derivedId(name);
    }

    /** For further ones. */
    public Timeouts timeouts() {
        return context.timeouts();
    }
}
