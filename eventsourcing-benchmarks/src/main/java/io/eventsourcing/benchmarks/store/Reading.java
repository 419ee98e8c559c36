package io.eventsourcing.benchmarks.store;

/** A read that has to find a known number of events: what it doesn't do, it would be fast at. */
record Reading(long events, Read read) implements Load.Operation {

    /** Returns how many events it has found. */
    @FunctionalInterface
    interface Read {
        long read() throws Exception;
    }

    @Override
    public void run(long count) throws Exception {
        long found = read.read();
        if (found != events) {
            throw new IllegalStateException("Of " + events + " events, " + found + " were read");
        }
    }
}
