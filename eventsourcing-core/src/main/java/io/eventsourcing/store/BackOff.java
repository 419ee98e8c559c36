package io.eventsourcing.store;

import java.time.Duration;

/** How long to wait before something is tried again: twice as long after each failure. Not thread-safe. */
public final class BackOff {

    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 10_000;

    private long millis = FIRST_MILLIS;

    /** After another failure. */
    public Duration next() {
        long current = millis;
        millis = Math.min(2 * current, LONGEST_MILLIS);
        return Duration.ofMillis(current);
    }

    /** After a success. */
    public void reset() {
        millis = FIRST_MILLIS;
    }
}
