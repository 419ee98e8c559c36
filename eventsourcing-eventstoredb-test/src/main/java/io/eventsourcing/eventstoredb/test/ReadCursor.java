package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import org.jspecify.annotations.Nullable;

/**
 * What a read has still to answer. It fetches a small piece of the log at a time, and only when asked. Not thread-safe:
 * its call asks it from one thread at a time.
 */
interface ReadCursor {

    /** How many events are taken from the log at a time. */
    int PAGE = 32;

    /**
     * The next message.
     *
     * @return null if there is none, for good if {@link #ended()}, else for now
     * @throws io.grpc.StatusRuntimeException if the read fails here
     */
    @Nullable
    ReadResp next();

    /** Whether {@link #next()} will never have a message again. */
    boolean ended();

    /** Whether it follows the log after it has caught up. */
    boolean follows();
}
