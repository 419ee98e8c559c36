package io.eventsourcing.benchmarks;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;

/** An aggregate whose bodies cost next to nothing, so that what is measured is what stands around them. */
public class Counter extends Aggregate {

    private final String name;
    private long total;
    private long last;

    @Event("Started")
    public Counter(String name) {
        this.name = name;
    }

    @Event("Added")
    public void add(long amount, String reason) {
        total += amount;
        last = reason.length();
    }

    /** The same body without an event. */
    public void addPlainly(long amount, String reason) {
        total += amount;
        last = reason.length();
    }

    public String name() {
        return name;
    }

    public long total() {
        return total + last;
    }
}
