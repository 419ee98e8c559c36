package io.eventsourcing.eventstoredb.test;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the endpoints of one server share.
 *
 * @param executor sends answers to reads
 * @param leaderBeside finds the leader of the cluster, if it is another server
 */
record Node(
        EventLog log,
        ServerVersion version,
        Limits limits,
        Faults faults,
        OpenReads openReads,
        Executor executor,
        Supplier<Optional<LeaderAddress>> leaderBeside) {

    /**
     * The largest append and the largest event, in bytes.
     *
     * @param append all events of one append together
     */
    record Limits(int append, int event) {}

    /** @throws io.grpc.StatusRuntimeException if the caller may not use the stream, or not on this server */
    void admit(String stream) {
        Caller caller = Caller.current();
        if (!caller.mayUse(stream)) {
            throw Refusals.accessDenied();
        }
        if (caller.requiresLeader()) {
            otherLeader().ifPresent(leader -> {
                throw Refusals.notLeader(leader);
            });
        }
    }

    /** Where the leader is, if it is another server, or said to be. */
    Optional<LeaderAddress> otherLeader() {
        return faults.otherLeader().or(leaderBeside);
    }
}
