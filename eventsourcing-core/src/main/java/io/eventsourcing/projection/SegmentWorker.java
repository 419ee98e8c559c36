package io.eventsourcing.projection;

import io.eventsourcing.store.BackOff;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a segment while its node has the lease: one thread at a time, and none while there is nothing to do. The lease is
 * prolonged by each batch, and by the node only while no batch runs, so that a handler that hangs loses it. Thread-safe.
 */
final class SegmentWorker {

    private static final Logger log = LoggerFactory.getLogger(SegmentWorker.class);

    private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PERSIST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Somebody waits for a segment that is at its limit. */
    private static final long PERSIST_LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Node node;
    private final Executor executor;
    private final SegmentId segment;
    private final Checkpoint checkpoint;
    private final SegmentSteps steps;
    private final TimeoutSteps timeouts;
    private final BackOff backOff = new BackOff();
    private final Map<StreamName, DeadLetters.Request> requests = new ConcurrentHashMap<>();

    /** How often it was woken since it last found nothing to do; 0 if no thread is in here. */
    private final AtomicInteger wakes = new AtomicInteger();

    private volatile boolean stopping;
    private volatile boolean lost;
    private volatile boolean resting;
    private volatile long restsUntil;
    private volatile long persisted;
    private volatile long persistedAt = System.nanoTime();

    /** When the lease was known to hold. */
    private volatile long keptAt = System.nanoTime();

    SegmentWorker(RunningProjection projection, Node node, Lease lease, Executor executor) {
        this.node = node;
        this.executor = executor;
        this.segment = lease.segment();
        this.checkpoint = new Checkpoint(projection, node, lease);
        this.steps = new SegmentSteps(projection, node, checkpoint, executor);
        this.timeouts = new TimeoutSteps(projection, node, checkpoint, steps);
        this.persisted = lease.position();
    }

    SegmentId segment() {
        return segment;
    }

    /** Up to where it is done. */
    long position() {
        return checkpoint.position();
    }

    SegmentSteps steps() {
        return steps;
    }

    /** Whether somebody else has taken the segment over. */
    boolean isLost() {
        return lost;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isIdle() {
        return wakes.get() == 0;
    }

    /** Whether one batch has taken longer than the lease. */
    boolean isStuck() {
        return checkpoint.batchNanos() > node.lease().toNanos();
    }

    /** Looks for something to do, on a thread of its own. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException e) {
                wakes.set(0);
                log.debug("{} is left to others, as the projections were stopped", segment, e);
            }
        }
    }

    void request(StreamName stream, DeadLetters.Request request) {
        requests.put(stream, request);
        wake();
    }

    /** Somebody else has it. */
    void lose() {
        lost = true;
    }

    /** Begins no further batch. */
    void stop() {
        stopping = true;
    }

    /** When it wants to be woken if nothing happens, in nanoseconds from now; 0 for at once. */
    long nanosToWait() {
        if (stopping) {
            return STOP_NANOS;
        }
        long rest = resting ? Math.max(0, restsUntil - System.nanoTime()) : Long.MAX_VALUE;
        long persist = isAhead() ? Math.max(0, persistAt() - System.nanoTime()) : Long.MAX_VALUE;
        return Math.min(timeouts.nanosToWait(), Math.min(rest, persist));
    }

    /** Whether the store doesn't know yet how far it is. */
    private boolean isAhead() {
        return position() > persisted;
    }

    private long persistAt() {
        return persistedAt + (position() == checkpoint.limit() ? PERSIST_LIMIT_NANOS : PERSIST_NANOS);
    }

    /** What is due; called by the node's own thread. */
    void tend() {
        if (resting && restsUntil - System.nanoTime() <= 0) {
            resting = false;
            wake();
        }
        if (timeouts.hasBecomeDue()) {
            wake();
        }
        if (isAhead() && persistAt() - System.nanoTime() <= 0) {
            renew();
        }
    }

    /** It goes so far and no farther, until something else is said. */
    void limitTo(long limit) {
        long before = checkpoint.limit();
        if (limit != before) {
            checkpoint.limitTo(limit);
            persisted = Math.min(persisted, limit);
            wake();
        }
    }

    /** Keeps the lease, unless a batch runs, which does it when it ends. Called by the node's own thread. */
    void renew() {
        persistedAt = System.nanoTime();
        if (lost || checkpoint.batchNanos() > 0) {
            return;
        }
        Lease lease = checkpoint.lease().at(position());
        if (node.store().renew(lease, node.lease())) {
            persisted = lease.position();
            keptAt = System.nanoTime();
        } else if (stopping) {
            lost = true; // which is nothing to warn of
        } else {
            lose(new StaleLeaseException(lease));
        }
    }

    /** Finds out whether there are timeouts that another node has asked for, or that an operator wants to be retried. */
    void lookForTimeouts() {
        if (timeouts.isConcerned()) {
            timeouts.lookAgain();
            wake();
        }
    }

    /** Gives the segment to whoever wants it. To be called when it is idle. */
    void release() {
        renew();
        node.store().release(checkpoint.lease());
    }

    private void run() {
        int seen;
        do {
            seen = wakes.get();
            work();
        } while (wakes.addAndGet(-seen) != 0);
    }

    private void work() {
        boolean goesOn = true;
        while (goesOn && !stopping && !lost && !resting) {
            try {
                boolean isTimed = timeouts.carryOut(() -> stopping);
                goesOn = carryOutRequests() || step() || isTimed;
                backOff.reset();
            } catch (StaleLeaseException e) {
                lose(e);
            } catch (SegmentLimitException e) {
                limitTo(e.limit());
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
        node.progress().run();
        if (resting || isAhead() || timeouts.nanosToWait() < Long.MAX_VALUE) {
            node.attention().run();
        }
    }

    private boolean step() {
        long before = persistedPosition();
        SegmentSteps.Next next = steps.step();
        if (persistedPosition() > before) {
            keptAt = System.nanoTime();
            persisted = persistedPosition();
            persistedAt = System.nanoTime();
            node.progress().run();
        }
        next.rest().ifPresent(this::rest);
        return next.goesOn();
    }

    private long persistedPosition() {
        return checkpoint.lease().position();
    }

    private boolean carryOutRequests() {
        for (StreamName stream : requests.keySet()) {
            DeadLetters.Request request = requests.remove(stream);
            if (request != null) {
                steps.retry(stream, request, () -> stopping);
                return true;
            }
        }
        return false;
    }

    private void rest(Duration pause) {
        restsUntil = System.nanoTime() + pause.toNanos();
        resting = true;
    }

    private void lose(StaleLeaseException e) {
        lost = true;
        if (System.nanoTime() - keptAt > node.lease().toNanos()) {
            log.warn(
                    "{} at {}: {}. What it did last is rolled back. A handler that takes longer than {} needs a longer lease",
                    segment,
                    position(),
                    e.getMessage(),
                    node.lease());
        } else {
            log.info(
                    "{} was reset, divided anew or rebuilt. What it did last at {} is rolled back",
                    segment,
                    position());
        }
        node.attention().run();
    }

    private void failed(Throwable e) {
        if (stopping) {
            return;
        }
        Duration pause = backOff.next();
        steps.failedBecause(e.toString());
        timeouts.lookAgain();
        rest(pause);
        log.warn("{} can't go on behind {}, which is tried again in {} ms", segment, position(), pause.toMillis(), e);
    }
}
