package io.eventsourcing.store;

/**
 * Of a store that says when there may be new events, so that readers need not ask all the time. A signal can come late,
 * twice, or for nothing, and it can get lost: whoever waits for one looks again after a while all the same.
 */
public interface AppendSignals {

    /** Ends the signals. Does nothing when called again. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Tells of appends from now on, whoever makes them.
     *
     * @param signal called by an appending thread or by one of the store's; it must return at once, and throw nothing
     */
    Registration onAppend(Runnable signal);
}
