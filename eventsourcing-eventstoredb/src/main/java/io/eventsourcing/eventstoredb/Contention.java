package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Appends that go behind whatever is there, while others do the same: those of this store wait for each other, those of
 * other processes are tried again. Thread-safe.
 */
final class Contention {

    /** Streams that share one wait for each other in vain, now and then. */
    private static final int LOCKS = 64;

    private final Lock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);
    private final RetryTemplate attempts;

    Contention(Duration patience) {
        this.attempts = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(Long.MAX_VALUE)
                .timeout(patience)
                .delay(Duration.ofMillis(2))
                .jitter(Duration.ofMillis(2))
                .multiplier(1.5)
                .maxDelay(Duration.ofMillis(100))
                .includes(OvertakenException.class)
                .build());
    }

    /** Tries until nobody else was faster. */
    <T> T untilFirst(StreamName stream, Supplier<T> append) {
        Lock lock = locks[Math.floorMod(stream.hashCode(), LOCKS)];
        lock.lock();
        try {
            return unlocked(stream.value(), append);
        } finally {
            lock.unlock();
        }
    }

    /** The same without waiting for appends of this store. */
    <T> T unlocked(String streams, Supplier<T> append) {
        try {
            return attempts.invoke(append);
        } catch (OvertakenException e) {
            throw new StoreUnavailableException("Others append to " + streams + " all the time", e);
        }
    }

    /** Somebody else has appended meanwhile. */
    static final class OvertakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OvertakenException(VersionConflictException conflict) {
            super(conflict);
        }
    }
}
