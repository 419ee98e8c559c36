package io.eventsourcing;

/** An aggregate class is written in a way that can't work. The message names class, member and cure. */
public class AggregateDefinitionException extends EventSourcingException {

    public AggregateDefinitionException(String message) {
        super(message);
    }

    AggregateDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
