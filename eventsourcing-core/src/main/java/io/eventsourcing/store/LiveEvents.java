package io.eventsourcing.store;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of a subscription, for those who rather fetch them: its listener waits while some of them weren't. Thread-safe,
 * but for its iterator.
 */
final class LiveEvents implements EventSequence, EventSource, Subscription.Listener {

    /** Few, as each can be large; enough for both sides to work at the same time. */
    private static final int KEPT = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<RecordedEvent> kept = new ArrayDeque<>();
    private volatile Runnable onChange = () -> {};
    private volatile @Nullable Subscription subscription;
    private boolean used;
    private boolean closed;

    static LiveEvents of(Subscribable store, SubscribeOptions options) {
        LiveEvents events = new LiveEvents();
        events.subscription = store.subscribe(options, events);
        return events;
    }

    @Override
    public void onEvent(RecordedEvent event) throws InterruptedException {
        lock.lock();
        try {
            while (kept.size() == KEPT && !closed) {
                changed.await();
            }
            requireOpen();
            kept.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onChange.run();
    }

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("The subscription, or its store, was closed");
        }
    }

    /** By the subscription, whoever closes it. */
    @Override
    public void onClose() {
        lock.lock();
        try {
            closed = true;
            kept.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onChange.run();
    }

    @Override
    public void close() {
        onClose();
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public @Nullable RecordedEvent poll() {
        lock.lock();
        try {
            requireOpen();
            RecordedEvent event = kept.poll();
            changed.signalAll();
            return event;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public void onChange(Runnable action) {
        onChange = action;
    }

    @Override
    public Flow.Publisher<RecordedEvent> publisher() {
        use();
        return new EventPublisher(this);
    }

    @Override
    public Iterator<RecordedEvent> iterator() {
        use();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                await();
                return true;
            }

            @Override
            public RecordedEvent next() {
                RecordedEvent event = null;
                while (event == null) {
                    await();
                    event = poll();
                }
                return event;
            }
        };
    }

    private void use() {
        lock.lock();
        try {
            if (used || closed) {
                throw new IllegalStateException("The events of a subscription can be taken once; subscribe again");
            }
            used = true;
        } finally {
            lock.unlock();
        }
    }

    /** Until there is an event. */
    private void await() {
        lock.lock();
        try {
            while (kept.isEmpty() && !closed) {
                changed.await();
            }
            requireOpen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while waiting for events");
        } finally {
            lock.unlock();
        }
    }
}
