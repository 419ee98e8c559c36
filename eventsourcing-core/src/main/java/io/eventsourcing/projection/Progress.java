package io.eventsourcing.projection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Lets threads wait until projections have come on. Thread-safe. */
final class Progress {

    /** Other nodes don't tell. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    void moved() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the condition has come true in time; false also if the thread was interrupted */
    boolean await(BooleanSupplier condition, long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean isTrue = condition.getAsBoolean();
        while (!isTrue) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !pause(Math.min(left, LOOK_NANOS))) {
                return false;
            }
            isTrue = condition.getAsBoolean();
        }
        return true;
    }

    private boolean pause(long nanos) {
        lock.lock();
        try {
            long unused = moved.awaitNanos(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
