package io.eventsourcing.snapshot;

import java.time.Duration;
import java.time.Instant;

/**
 * When a snapshot of an aggregate is taken. Asked after each save, of each aggregate that was saved. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface SnapshotPolicy {

    /**
     * How much there is that the last snapshot hasn't.
     *
     * @param aggregateClass of the aggregate that was saved
     * @param events how many events follow the last snapshot that is known of; all of them if there is none
     * @param since when that snapshot was taken; the aggregate's first event if there is none
     * @param now by the application's clock
     */
    record Progress(Class<?> aggregateClass, long events, Instant since, Instant now) {}

    boolean isDue(Progress progress);

    /**
     * When so many events follow the last snapshot, or more.
     *
     * @param events 1 or more
     */
    static SnapshotPolicy every(long events) {
        if (events < 1) {
            throw new IllegalArgumentException("A snapshot is taken every 1 or more events, not " + events);
        }
        return progress -> progress.events() >= events;
    }

    /**
     * With the first save after so much time.
     *
     * @param time more than 0
     */
    static SnapshotPolicy after(Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("A snapshot is taken after more than no time, not " + time);
        }
        return progress -> !progress.now().isBefore(progress.since().plus(time));
    }

    /** By hand alone. Those that are there are used. */
    static SnapshotPolicy never() {
        return progress -> false;
    }

    /** When this one says so or the other. */
    default SnapshotPolicy or(SnapshotPolicy other) {
        return progress -> isDue(progress) || other.isDue(progress);
    }
}
