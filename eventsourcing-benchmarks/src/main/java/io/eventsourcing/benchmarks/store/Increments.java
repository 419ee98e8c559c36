package io.eventsourcing.benchmarks.store;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;

/** What the fifth seed's benchmark counts: events without data. */
public class Increments extends Aggregate {

    private long count;

    @Event("Started")
    Increments() {
        count = 1;
    }

    @Event("Increment")
    void increment() {
        count++;
    }

    long count() {
        return count;
    }
}
