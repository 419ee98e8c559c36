package io.eventsourcing.eventstoredb.test;

import io.grpc.Context;

/**
 * Who calls, and what for. It travels in the context of the call.
 *
 * @param requiresLeader whether only the leader of the cluster may answer
 */
record Caller(Role role, boolean requiresLeader) {

    enum Role {
        /** May do everything. On a server without users everybody is one. */
        ADMINISTRATOR,
        /** May use streams that are not the system's; $all is one of the system's. */
        USER,
        /** May do nothing. */
        NOBODY
    }

    static final Context.Key<Caller> KEY = Context.key("caller");

    static Caller current() {
        return KEY.get();
    }

    /** Whether the caller may use the stream, or the one that it describes. */
    boolean mayUse(String stream) {
        String used = SystemNames.isMetadataStream(stream) ? SystemNames.describedStream(stream) : stream;
        return switch (role) {
            case ADMINISTRATOR -> true;
            case USER -> !SystemNames.isSystemStream(used);
            case NOBODY -> false;
        };
    }
}
