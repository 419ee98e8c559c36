package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.UUID;

/**
 * An event that couldn't be handled, or that waits behind one of its stream that couldn't. It says where the event is, and
 * doesn't hold it.
 *
 * @param tenant whose stream it is; empty for the default tenant. Streams of one name are parked together, whosever they are
 * @param cause why the last attempt failed, without the payload; empty for an event that only waits
 * @param attempts how often it was tried; 0 for an event that only waits
 */
public record DeadLetter(
        String projection,
        StreamName stream,
        String tenant,
        long commitPosition,
        UUID eventId,
        String eventType,
        String cause,
        int attempts,
        Instant parkedAt) {

    /** The longest cause, in characters. */
    public static final int MAX_CAUSE_LENGTH = 1000;

    /** The same event, parked by another projection. */
    public DeadLetter of(String other) {
        return new DeadLetter(other, stream, tenant, commitPosition, eventId, eventType, cause, attempts, parkedAt);
    }

    DeadLetter failedAgain(String newCause, Instant now) {
        return new DeadLetter(
                projection, stream, tenant, commitPosition, eventId, eventType, newCause, attempts + 1, now);
    }
}
