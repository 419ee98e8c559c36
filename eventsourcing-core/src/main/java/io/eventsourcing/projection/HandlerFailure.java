package io.eventsourcing.projection;

import io.eventsourcing.store.RecordedEvent;

/** A handler threw: to tell it from a store that can't be reached, and to have the transaction rolled back. */
final class HandlerFailure extends RuntimeException {

    private final transient RecordedEvent event;
    private final Throwable thrown;

    HandlerFailure(RecordedEvent event, Throwable thrown) {
        super(thrown);
        this.event = event;
        this.thrown = thrown;
    }

    RecordedEvent event() {
        return event;
    }

    Throwable thrown() {
        return thrown;
    }

    /** For people: what was thrown and what led to it, in one line. */
    String description() {
        StringBuilder text = new StringBuilder(thrown.toString());
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < 5; depth++) {
            text.append("; caused by ").append(cause);
            cause = cause.getCause();
        }
        String line = text.toString().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= DeadLetter.MAX_CAUSE_LENGTH ? line : line.substring(0, DeadLetter.MAX_CAUSE_LENGTH);
    }
}
