package io.eventsourcing.snapshot;

import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stores snapshots behind the backs of those who save aggregates. What fails is counted, and logged once until it goes well
 * again. Thread-safe.
 */
public final class SnapshotWriter {

    private static final int MOST_WAITING = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final SnapshotStore store;
    private final int kept;
    private final Executor executor;
    private final SnapshotProblems problems;
    private final LongAdder taken;
    private final Pending pending;

    /** How many have been handed over and aren't stored yet. */
    private static final class Pending {
        private int count;
    }

    public SnapshotWriter(SnapshotStore store, SnapshotOptions options, SnapshotProblems problems) {
        this.store = store;
        this.kept = options.kept();
        this.executor = options.executor().orElseGet(SnapshotWriter::ownThread);
        this.problems = problems;
        this.taken = new LongAdder();
        this.pending = new Pending();
    }

    private SnapshotWriter(SnapshotWriter others, SnapshotStore store) {
        this.store = store;
        this.kept = others.kept;
        this.executor = others.executor;
        this.problems = others.problems;
        this.taken = others.taken;
        this.pending = others.pending;
    }

    /** The same, to another store; both are counted and awaited together. */
    public SnapshotWriter of(SnapshotStore other) {
        return new SnapshotWriter(this, other);
    }

    /** One thread, which ends when there is nothing to do for a while, and keeps no program from ending. */
    private static Executor ownThread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1, 1, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "eventsourcing-snapshots");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Stores it soon, or not at all if too many are waiting. Throws nothing.
     *
     * @param anew whether those that are there are of no use and go before
     */
    public void saveSoon(Snapshot snapshot, boolean anew) {
        count(1);
        try {
            executor.execute(() -> {
                try {
                    save(snapshot, anew);
                } catch (RuntimeException | Error e) {
                    problems.failed(snapshot.type(), e);
                } finally {
                    count(-1);
                }
            });
        } catch (RuntimeException e) {
            count(-1);
            problems.failed(snapshot.type(), e);
        }
    }

    /** Stores it now. */
    public void save(Snapshot snapshot, boolean anew) {
        if (anew) {
            store.delete(snapshot.name());
        }
        store.save(snapshot, kept);
        taken.increment();
        problems.succeeded(snapshot.type());
    }

    private void count(int change) {
        synchronized (pending) {
            pending.count += change;
            pending.notifyAll();
        }
    }

    /** Waits until all that were handed over are stored, or have failed; for so long at most. */
    public void await(Duration longest) {
        try {
            awaitNone(longest.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNone(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (pending) {
            for (long left = nanos; pending.count > 0 && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(pending, left);
            }
        }
    }

    public long taken() {
        return taken.sum();
    }
}
