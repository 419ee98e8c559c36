package io.eventsourcing.eventstoredb.test;

import java.util.concurrent.Executor;

/**
 * What the endpoints of one server share.
 *
 * @param executor sends answers to reads
 * @param leading fails unless this server leads its cluster
 */
record Node(
        EventLog log,
        ServerVersion version,
        Limits limits,
        Faults faults,
        OpenReads openReads,
        Executor executor,
        Runnable leading) {

    /**
     * The largest append and the largest event, in bytes.
     *
     * @param append all events of one append together
     */
    record Limits(int append, int event) {}

    /** @throws io.grpc.StatusRuntimeException if the caller may not use the stream, or not on this server */
    void admit(String stream) {
        Caller caller = Caller.current();
        caller.requireAccess(stream);
        if (caller.requiresLeader()) {
            faults.beforeLeading();
            leading.run();
        }
    }
}
