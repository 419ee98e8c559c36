package io.eventsourcing.projection;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What handlers of a batch ask for. For the thread of the batch. */
final class RequestedTimeouts implements Timeouts {

    /** The name under which a text is written. */
    private static final String TEXT = "text";

    private final EventContext context;
    private final StreamName stream;
    private final Set<String> names;
    private final EventFormat format;
    private final List<TimeoutChange> changes;

    /** @param names that there are handlers of */
    RequestedTimeouts(EventContext context, Set<String> names, EventFormat format, List<TimeoutChange> changes) {
        this(context, context.stream(), names, format, changes);
    }

    private RequestedTimeouts(
            EventContext context,
            StreamName stream,
            Set<String> names,
            EventFormat format,
            List<TimeoutChange> changes) {
        this.context = context;
        this.stream = stream;
        this.names = names;
        this.format = format;
        this.changes = changes;
    }

    /**
     * What the payload of a timeout is written and read as.
     *
     * @param type a record, or text
     * @param origin for messages
     */
    static EventShape shape(String name, Class<?> type, String origin) {
        return type.isRecord()
                ? new EventShape(
                        name,
                        origin,
                        type,
                        type,
                        List.of(new EventShape.Parameter("payload", type)),
                        type.asSubclass(Record.class))
                : new EventShape(name, origin, type, type, List.of(new EventShape.Parameter(TEXT, String.class)), null);
    }

    @Override
    public void in(Duration delay, String name, Object payload) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("A timeout is due after 0 or more, not " + delay);
        }
        set(context.timestamp(), Optional.of(delay), name, payload);
    }

    @Override
    public void at(Instant due, String name, Object payload) {
        set(due, Optional.empty(), name, payload);
    }

    private void set(Instant due, Optional<Duration> delay, String name, Object payload) {
        NewEvent written = written(requireHandled(name), payload);
        Timeout timeout = new Timeout(
                context.projection(),
                stream,
                context.tenant(),
                name,
                written.id(),
                due,
                context.commitPosition(),
                written.data(),
                written.metadata(),
                0,
                "");
        changes.add(new TimeoutChange.Set(timeout, delay));
    }

    private NewEvent written(String name, Object payload) {
        if (!(payload instanceof Record) && !(payload instanceof String)) {
            throw new IllegalArgumentException("The payload of the timeout " + name
                    + " is a record or a text, and not a " + payload.getClass().getName());
        }
        EventFormat.Place place = new EventFormat.Place(stream, UUID.randomUUID(), context.timestamp());
        return format.writer(context.cause().metadata())
                .write(shape(name, payload.getClass(), "the timeout " + name), new Object[] {payload}, place);
    }

    @Override
    public void cancel(String name) {
        changes.add(new TimeoutChange.Cancelled(context.projection(), stream, context.tenant(), requireHandled(name)));
    }

    private String requireHandled(@Nullable String name) {
        if (name == null || !names.contains(name)) {
            throw new IllegalArgumentException("The process manager " + context.projection()
                    + " has no handler of timeouts named " + name + ", but of " + names
                    + ": give it a method with @TimeoutHandler(\"" + name + "\")");
        }
        return name;
    }

    @Override
    public Timeouts of(StreamName other) {
        return new RequestedTimeouts(context, other, names, format, changes);
    }
}
