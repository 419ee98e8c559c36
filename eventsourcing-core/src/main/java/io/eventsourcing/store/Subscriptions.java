package io.eventsourcing.store;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who follows a store. For backends: a store has one of these, hands {@link Subscribable#subscribe} on to it, and
 * closes it before all else when it is closed. It needs of the store that it can read all events; if it gives signals
 * ({@link AppendSignals}), it is asked for new events when one comes, and in any case at an interval. One thread asks for
 * all subscriptions that are at the end; it starts with the first subscription and ends with the last. Thread-safe.
 */
public final class Subscriptions implements Subscribable, AutoCloseable {

    /** Between two looks for new events, if no signal comes. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofMillis(250);

    private final EventStore store;
    private final Duration pollInterval;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<RunningSubscription> running = new LinkedHashSet<>();
    private @Nullable Poller poller;
    private boolean closed;

    public Subscriptions(EventStore store) {
        this(store, DEFAULT_POLL_INTERVAL);
    }

    /** @param pollInterval between two looks for new events, if no signal comes; more than 0 */
    public Subscriptions(EventStore store, Duration pollInterval) {
        if (pollInterval.isZero() || pollInterval.isNegative()) {
            throw new IllegalArgumentException("A poll interval is more than 0, not " + pollInterval);
        }
        this.store = store;
        this.pollInterval = pollInterval;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        Objects.requireNonNull(listener, "listener");
        requireOpen();
        SubscribeOptions begun = options.isFromNow()
                ? options.beginningBehind(store.lastPosition().orElse(0))
                : options;
        lock.lock();
        try {
            requireOpen();
            RunningSubscription subscription = new RunningSubscription(store, begun, listener, poller(), this::remove);
            running.add(subscription);
            subscription.resume();
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The event store is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private Poller poller() {
        if (poller == null) {
            Poller started = new Poller(store, pollInterval);
            started.start();
            poller = started;
        }
        return poller;
    }

    private void remove(RunningSubscription subscription) {
        lock.lock();
        try {
            running.remove(subscription);
            if (poller == null) {
                return;
            }
            poller.remove(subscription);
            if (running.isEmpty()) {
                poller.stop();
                poller = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes all of them, and lets no other begin. Calls of listeners that have begun are waited for, for a second at most
     * in all. Does nothing when called again.
     */
    @Override
    public void close() {
        List<RunningSubscription> ended;
        Poller last;
        lock.lock();
        try {
            closed = true;
            ended = List.copyOf(running);
            last = poller;
            ended.forEach(RunningSubscription::stop);
            ended.forEach(this::remove);
        } finally {
            lock.unlock();
        }
        long deadline = System.nanoTime() + RunningSubscription.PATIENCE_NANOS;
        ended.forEach(subscription -> subscription.awaitCall(deadline));
        if (last != null) {
            last.join();
        }
    }
}
