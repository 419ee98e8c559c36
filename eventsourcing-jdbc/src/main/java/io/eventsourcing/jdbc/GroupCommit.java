package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Combines the appends that come while another one is being written: the thread that finds the door free writes for all who
 * wait, and who comes alone writes at once. No thread of its own. Thread-safe, and nothing in it pins a virtual thread.
 */
final class GroupCommit {

    /** Writes a batch, tells each request how it ended, and throws nothing. Called by one thread at a time. */
    @FunctionalInterface
    interface Writer {
        void write(List<AppendRequest> batch);
    }

    private static final int MAX_WAITING = 10_000;
    private static final long LATE_LOOK_NANOS = 10_000_000;
    private static final int MAX_BATCH = 1_000;
    private static final long MAX_BATCH_BYTES = 8 * 1024 * 1024;

    private final Writer writer;
    private final long timeoutNanos;
    private final ReentrantLock door = new ReentrantLock();
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final LongAdder appends = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private volatile boolean closed;

    private static final class Waiting {
        private final AppendRequest request;
        private final Thread thread = Thread.currentThread();
        private volatile boolean done;

        Waiting(AppendRequest request) {
            this.request = request;
        }

        void finish() {
            done = true;
            LockSupport.unpark(thread);
        }
    }

    /** @param timeout how long a request may wait before it is being written */
    GroupCommit(Writer writer, Duration timeout) {
        this.writer = writer;
        this.timeoutNanos = timeout.toNanos();
    }

    /**
     * Returns when the request has an outcome.
     *
     * @throws StoreUnavailableException if it was interrupted, or waited too long, and nothing was written
     * @throws AppendOutcomeUnknownException if it was interrupted while it was being written
     */
    void append(AppendRequest request) {
        requireOpen();
        if (queue.isEmpty() && door.tryLock()) {
            try {
                write(List.of(request));
            } finally {
                leave();
            }
        } else {
            awaitTurn(enqueue(request));
        }
    }

    private Waiting enqueue(AppendRequest request) {
        Waiting waiting = new Waiting(request);
        try {
            if (queue.offer(waiting, timeoutNanos, TimeUnit.NANOSECONDS)) {
                return waiting;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notWritten("was interrupted before its turn", e);
        }
        throw notWritten("has waited too long: " + MAX_WAITING + " others are waiting too", null);
    }

    private void awaitTurn(Waiting waiting) {
        long deadline = System.nanoTime() + timeoutNanos;
        while (!waiting.done) {
            if (door.tryLock()) {
                try {
                    lead(waiting);
                } finally {
                    leave();
                }
            } else {
                // behind the deadline it is being written already, and all that is left is to wait
                LockSupport.parkNanos(this, Math.max(deadline - System.nanoTime(), LATE_LOOK_NANOS));
                requirePatience(waiting, deadline);
            }
        }
    }

    private void requirePatience(Waiting waiting, long deadline) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (waiting.done || !interrupted && System.nanoTime() < deadline) {
            return;
        }
        if (queue.remove(waiting)) {
            throw notWritten(interrupted ? "was interrupted before its turn" : "has waited too long", null);
        }
        if (interrupted) {
            throw new AppendOutcomeUnknownException(
                    "The append was interrupted while it was being written. Repeat the same append",
                    new InterruptedException());
        }
    }

    private static StoreUnavailableException notWritten(String why, @Nullable Exception cause) {
        return new StoreUnavailableException("The append " + why + "; nothing was written", cause);
    }

    /** Writes what has come, unless somebody else has written it meanwhile. */
    private void lead(Waiting self) {
        if (self.done) {
            return;
        }
        writeAll(takeBatch());
    }

    private void write(List<AppendRequest> batch) {
        batches.increment();
        appends.add(batch.size());
        writer.write(batch);
    }

    private void writeAll(List<Waiting> batch) {
        try {
            write(batch.stream().map(waiting -> waiting.request).toList());
        } finally {
            batch.forEach(Waiting::finish);
        }
    }

    private List<Waiting> takeBatch() {
        List<Waiting> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
            Waiting next = queue.poll();
            if (next == null) {
                break;
            }
            bytes += next.request.bytes();
            batch.add(next);
        }
        return batch;
    }

    /** Whoever came last before the door was unlocked is waiting for this. */
    private void leave() {
        door.unlock();
        Waiting next = queue.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The event store is closed");
        }
    }

    AppendStatistics statistics() {
        return new AppendStatistics(appends.sum(), batches.sum(), queue.size());
    }

    /** Lets nobody in any more, and returns when everything that has come before is written. */
    void close() {
        closed = true;
        door.lock();
        try {
            for (List<Waiting> batch = takeBatch(); !batch.isEmpty(); batch = takeBatch()) {
                writeAll(batch);
            }
        } finally {
            leave();
        }
    }
}
