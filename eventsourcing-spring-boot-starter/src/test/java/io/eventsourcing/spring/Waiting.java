package io.eventsourcing.spring;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes soon. */
final class Waiting {

    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    private Waiting() {}

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It has not come in time");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
