package io.eventsourcing.projection;

import io.eventsourcing.EventSourcingException;

/** A projection that can't be run as it is written; the message says what to change. */
public class ProjectionDefinitionException extends EventSourcingException {

    public ProjectionDefinitionException(String message) {
        super(message);
    }

    public ProjectionDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
