package io.eventsourcing.store;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for new events on behalf of all subscriptions that have seen everything up to its own position, when a signal has
 * come or the time is over; it keeps what it finds for them for a while. While nobody waits, it asks nothing. Thread-safe.
 *
 * <p>None is lost in between: whoever wants to wait is refused if something was found that it has not seen, and what is
 * found later is found from a position that lies at or before its own.
 */
final class Poller {

    private static final Logger log = LoggerFactory.getLogger(Poller.class);

    private static final int PAGE = 500;
    private static final long JOIN_MILLIS = 1_000;

    private final EventStore store;
    private final long intervalNanos;
    private final ExecutorService executor = SubscriptionThreads.create("eventsourcing-subscription-");
    private final Thread thread = SubscriptionThreads.daemon(this::run, "eventsourcing-poller");
    private final BackOff backOff = new BackOff();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<RunningSubscription> waiting = new LinkedHashSet<>();
    private volatile Tail tail = Tail.UNKNOWN;
    private volatile boolean signalled;
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;
    private long nextLook = System.nanoTime();

    Poller(EventStore store, Duration interval) {
        this.store = store;
        this.intervalNanos = interval.toNanos();
    }

    void start() {
        thread.start();
    }

    /** What was found last. */
    Tail tail() {
        return tail;
    }

    /** Why nothing can be found at present. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Runs something on a thread of its own, unless this was stopped. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("The event store is closed", e);
        }
    }

    /** @return false if there is something that it has not seen; else it is resumed when there is */
    boolean await(RunningSubscription subscription) {
        lock.lock();
        try {
            if (tail.head() > subscription.known()) {
                return false;
            }
            boolean first = waiting.isEmpty();
            if (first && subscription.decided() > tail.head()) {
                tail = Tail.at(subscription.decided()); // it has read on while nobody was looking here
            }
            waiting.add(subscription);
            if (first) {
                LockSupport.unpark(thread);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(RunningSubscription subscription) {
        lock.lock();
        try {
            waiting.remove(subscription);
        } finally {
            lock.unlock();
        }
    }

    /** Returns at once. */
    void stop() {
        stopped = true;
        executor.shutdown();
        LockSupport.unpark(thread);
    }

    /** Waits for the end of a look that has begun, but not for long. */
    void join() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal() {
        if (!signalled) {
            signalled = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        AppendSignals.@Nullable Registration registration = register();
        try {
            while (!stopped) {
                long nanos = nanosToWait();
                if (nanos > 0) {
                    LockSupport.parkNanos(this, nanos);
                } else {
                    look();
                }
            }
        } finally {
            if (registration != null) {
                registration.close();
            }
        }
    }

    private AppendSignals.@Nullable Registration register() {
        try {
            return store instanceof AppendSignals signals ? signals.onAppend(this::signal) : null;
        } catch (RuntimeException e) {
            log.warn("{} gives no signals, and is asked at intervals", store.description(), e);
            return null;
        }
    }

    /** While the store can't be read, signals don't count. */
    private long nanosToWait() {
        if (nobodyWaits()) {
            return Long.MAX_VALUE;
        }
        return signalled && failure == null ? 0 : nextLook - System.nanoTime();
    }

    private boolean nobodyWaits() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        signalled = false; // before reading: what comes while it reads may not be in it
        Tail before = tail;
        try {
            if (before == Tail.UNKNOWN) {
                found(before, Tail.at(store.lastPosition().orElse(0)));
            } else {
                List<RecordedEvent> page = page(before.head());
                signalled |= page.size() == PAGE;
                if (!page.isEmpty()) {
                    found(before, before.with(page));
                }
            }
            succeeded();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private List<RecordedEvent> page(long head) {
        return store.readAll(ReadOptions.forwards().from(head + 1).limit(PAGE)).toList();
    }

    private void found(Tail before, Tail after) {
        List<RunningSubscription> woken;
        lock.lock();
        try {
            if (tail != before) {
                signalled = true; // all that waited have gone, and another one came that is farther: from there again
                return;
            }
            tail = after;
            woken = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        woken.forEach(RunningSubscription::resume);
    }

    private void succeeded() {
        backOff.reset();
        failure = null;
        nextLook = System.nanoTime() + intervalNanos;
    }

    private void failed(Throwable e) {
        if (stopped) {
            return;
        }
        Duration pause = backOff.next();
        failure = e;
        nextLook = System.nanoTime() + pause.toNanos();
        // a store that is away says all there is to say, and may be away for long
        log.warn(
                "{} can't be read, which is tried again in {} ms: {}",
                store.description(),
                pause.toMillis(),
                e.getMessage(),
                e instanceof StoreUnavailableException ? null : e);
    }
}
