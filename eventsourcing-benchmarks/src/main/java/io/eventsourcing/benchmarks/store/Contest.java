package io.eventsourcing.benchmarks.store;

/**
 * Two ways to do one thing, measured in turn.
 *
 * @param goal the least that ours, divided by the reference, should be
 */
record Contest(String name, String what, Subject ours, String referenceName, Subject reference, double goal) {

    /** Something whose speed is measured. */
    interface Subject extends AutoCloseable {

        /** Does it once. */
        Sample run() throws Exception;

        @Override
        default void close() throws Exception {}
    }
}
