package io.eventsourcing.eventstoredb.test;

import io.grpc.StatusRuntimeException;

/** How a write goes wrong. In each case the client cannot know whether the events were written. */
public enum WriteFault {
    /** Nothing is written; the answer is {@code UNAVAILABLE}. */
    UNAVAILABLE_BEFORE_WRITING(false, false),
    /** The events are written; the answer is {@code UNAVAILABLE}. */
    UNAVAILABLE_AFTER_WRITING(true, false),
    /** Nothing is written; the answer is that the server ran out of time. */
    TIMEOUT_BEFORE_WRITING(false, true),
    /** The events are written; the answer is that the server ran out of time. */
    TIMEOUT_AFTER_WRITING(true, true);

    private final boolean written;
    private final boolean timeout;

    WriteFault(boolean written, boolean timeout) {
        this.written = written;
        this.timeout = timeout;
    }

    boolean strikesAfterWriting() {
        return written;
    }

    StatusRuntimeException refusal() {
        return timeout ? Refusals.timedOut() : Refusals.unavailable();
    }
}
