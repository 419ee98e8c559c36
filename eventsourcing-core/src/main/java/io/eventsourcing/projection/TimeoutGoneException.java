package io.eventsourcing.projection;

import io.eventsourcing.EventSourcingException;

/** A timeout was cancelled, or set anew, while it was carried out: what was done for it has been rolled back. */
public class TimeoutGoneException extends EventSourcingException {

    public TimeoutGoneException(Timeout timeout) {
        super("The " + timeout + " was cancelled, or set anew, while it was carried out");
    }
}
