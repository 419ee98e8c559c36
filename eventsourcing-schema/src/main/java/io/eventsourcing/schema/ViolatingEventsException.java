package io.eventsourcing.schema;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventStoreException;
import java.util.List;
import java.util.stream.Collectors;

/** A schema wasn't registered, since events that are stored don't fit it. */
public class ViolatingEventsException extends EventStoreException {

    private final transient List<Violation> violations;

    ViolatingEventsException(EventSchema schema, List<Violation> violations) {
        super("The " + schema + " was not registered, since stored events don't fit it. The first of them: "
                + violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** The first ones, in the order of their commit positions. */
    public List<Violation> violations() {
        return violations;
    }
}
