package io.eventsourcing.integrity;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;

/**
 * Where a store isn't as it was when it was sealed.
 *
 * @param commitPosition of the event
 * @param message says what it is, in a sentence without payloads
 */
public record Breach(Reason reason, long commitPosition, String message) {

    /** What is wrong. */
    public enum Reason {

        /** The event isn't the one that was sealed: some of its bytes, its type, stream, time or place are others. */
        CHANGED,

        /** There is a seal, and no event. */
        MISSING_EVENT,

        /** There is an event without a seal, though events behind it have some. */
        INSERTED_EVENT,

        /** A number has no seal, though higher ones have some. */
        MISSING_SEAL,

        /** The hash that the event was sealed behind isn't that of the event before it. */
        WRONG_PREDECESSOR,

        /** There are keys, and the hash isn't signed. */
        NOT_SIGNED,

        /** The hash was signed with a key that isn't here. */
        UNKNOWN_KEY,

        /** The key has not signed this hash. */
        WRONG_SIGNATURE,

        /** The seal isn't the one that was noted elsewhere, or it isn't there any more. */
        NOT_AS_NOTED,

        /** The event isn't sealed yet. */
        UNSEALED
    }

    static Breach changed(RecordedEvent event) {
        return of(Reason.CHANGED, event, "isn't the event that was sealed");
    }

    static Breach missing(Seal seal) {
        return of(Reason.MISSING_EVENT, seal, "has a seal, and isn't there");
    }

    static Breach of(Reason reason, RecordedEvent event, String what) {
        return new Breach(reason, event.commitPosition(), event + " " + what);
    }

    static Breach of(Reason reason, Seal seal, String what) {
        return new Breach(
                reason,
                seal.commitPosition(),
                "The event at commit position " + seal.commitPosition() + ", number " + seal.number() + ", " + what);
    }
}
