package io.eventsourcing.store;

/** The connection was lost at a moment when the events may or may not have been written. Repeat the same append. */
public class AppendOutcomeUnknownException extends EventStoreException {

    public AppendOutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
