package io.eventsourcing.store;

import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked for. The subclasses say whether anything can have been written. */
public class EventStoreException extends RuntimeException {

    public EventStoreException(String message) {
        super(message);
    }

    public EventStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
