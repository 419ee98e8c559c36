package io.eventsourcing.test.conformance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How long a test waits for what must happen soon: far longer than it takes, since machines are busy at times. */
final class Patience {

    /** The system property that says otherwise, in seconds. */
    static final String PROPERTY = "eventsourcing.test.patience.seconds";

    private static final long LOOK_NANOS = 1_000_000;

    private Patience() {}

    static long seconds() {
        return Long.getLong(PROPERTY, 30);
    }

    /** @return whether it has become true in time */
    static boolean awaits(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds());
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
