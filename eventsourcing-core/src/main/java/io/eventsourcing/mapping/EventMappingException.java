package io.eventsourcing.mapping;

import org.jspecify.annotations.Nullable;

/** A payload can't be written, or what is stored can't be read as what it should be. */
public class EventMappingException extends RuntimeException {

    public EventMappingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
