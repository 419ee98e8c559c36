package io.eventsourcing;

import org.jspecify.annotations.Nullable;

/** What goes wrong between an application and its aggregates. */
public class EventSourcingException extends RuntimeException {

    public EventSourcingException(String message) {
        super(message);
    }

    public EventSourcingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
