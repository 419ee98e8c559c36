package io.eventsourcing.eventstoredb.test;

import io.grpc.StatusRuntimeException;

/** What a write may expect of its stream beside the revision of its last event, in the numbers of the protocol. */
final class ExpectedRevision {

    static final long NO_STREAM = -1;
    static final long ANY = -2;
    static final long STREAM_EXISTS = -4;

    private ExpectedRevision() {}

    /** Whether it names no place in the stream, so that a repetition can only be known by the ids of its events. */
    static boolean namesNoPlace(long expected) {
        return expected == ANY || expected == STREAM_EXISTS;
    }

    /** @throws StatusRuntimeException if it is above the range of a long */
    static long of(long unsigned) {
        if (unsigned < 0) {
            throw Refusals.unexpected();
        }
        return unsigned;
    }

    static StatusRuntimeException missing() {
        return Refusals.invalid("'None' is not a valid expected stream revision");
    }
}
