package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.Optional;

/** What a batch does to timeouts. All of it is done in its order, in the transaction of the checkpoint. */
public sealed interface TimeoutChange {

    /**
     * Keeps a timeout, instead of one of the same name.
     *
     * @param delay from now, as the store says it; empty for {@link Timeout#dueAt}
     */
    record Set(Timeout timeout, Optional<Duration> delay) implements TimeoutChange {}

    /** Forgets a timeout, if there is one of this name. */
    record Cancelled(String projection, StreamName stream, String tenant, String name) implements TimeoutChange {}

    /** Forgets a timeout that was carried out. If it isn't there any more, nothing of the batch is kept. */
    record Done(Timeout timeout) implements TimeoutChange {}

    /**
     * A timeout has failed. Does nothing if it isn't there any more.
     *
     * @param cause why, in at most {@link DeadLetter#MAX_CAUSE_LENGTH} characters
     * @param pause after which it is due again; empty if it is to be kept as failed
     */
    record Failed(Timeout timeout, String cause, Optional<Duration> pause) implements TimeoutChange {}
}
