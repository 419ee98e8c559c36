package io.eventsourcing.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what its listener has not seen, then waits for more with the poller. It has a thread only while there is something
 * to do.
 */
final class RunningSubscription implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(RunningSubscription.class);

    /** How long a call that has begun is waited for when this is closed. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventStore store;
    private final SubscribeOptions options;
    private final SubscriptionStart start;
    private final Listener listener;
    private final Poller poller;
    private final Consumer<RunningSubscription> onClose;
    private final BackOff backOff = new BackOff();

    /** Held when a call begins and when it has ended, but not in between. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition callEnded = lock.newCondition();
    private @Nullable Thread caller;
    private volatile boolean closed;
    private volatile long position;
    private volatile long known;
    private volatile long decided = -1;
    private volatile @Nullable EventSequence reading;
    private volatile @Nullable Throwable failure;

    /** To tell it from a store that can't be read. */
    private static final class ListenerException extends Exception {
        ListenerException(Throwable cause) {
            super(cause);
        }
    }

    RunningSubscription(
            EventStore store,
            SubscribeOptions options,
            Listener listener,
            Poller poller,
            Consumer<RunningSubscription> onClose) {
        this.store = store;
        this.options = options;
        this.start = new SubscriptionStart(store, options);
        this.listener = listener;
        this.poller = poller;
        this.onClose = onClose;
        beginBehind(options.after());
    }

    private void beginBehind(long commitPosition) {
        position = commitPosition;
        known = commitPosition;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean isRunning() {
        return !closed;
    }

    @Override
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure).or(poller::failure).filter(e -> !closed);
    }

    /** Everything at or before it was delivered, or was not to be. There need not be an event. */
    long known() {
        return known;
    }

    /** A position behind which no event can appear before it; -1 if it knows none. */
    long decided() {
        return decided;
    }

    /** Goes on, on a thread of its own. */
    void resume() {
        poller.execute(this::advance);
    }

    /** Until it waits for new events, or for the end of a pause. By one thread at a time. */
    private void advance() {
        boolean waits = false;
        while (!closed && !waits) {
            Tail tail = poller.tail();
            try {
                if (tail != Tail.UNKNOWN) { // else the poller looks how far there is anything to read
                    deliverUpTo(tail);
                }
            } catch (ListenerException e) {
                pause(
                        "The listener of {} failed behind commit position {}, and gets the event again in {} ms",
                        e.getCause());
                return;
            } catch (RuntimeException | Error e) {
                pause("{} can't read on behind commit position {}, and tries it again in {} ms", e);
                return;
            }
            if (start.isKnown()) {
                known = Math.max(tail.head(), position);
            }
            waits = poller.await(this); // from here on, another thread may be in here
        }
    }

    /** All that the tail has looked at, and perhaps more. */
    private void deliverUpTo(Tail tail) throws ListenerException {
        if (start.isKnown() || findStart(tail)) {
            Optional<List<RecordedEvent>> recent = tail.behind(known);
            if (recent.isPresent()) {
                deliver(recent.get(), tail.head());
            } else {
                readOn();
            }
        }
    }

    /** @return false if there is nothing to deliver yet */
    private boolean findStart(Tail tail) {
        OptionalLong found = start.find(tail, known);
        beginBehind(found.orElse(start.lookedUpTo()));
        decided = position;
        goesOn();
        return found.isPresent();
    }

    private void readOn() throws ListenerException {
        ReadOptions rest = ReadOptions.forwards().from(position == Long.MAX_VALUE ? position : position + 1);
        if (options.filter().isEverything()) {
            read(rest, 0);
        } else {
            long end = store.lastPosition().orElse(0);
            read(rest.upper(Bound.inclusive(end)).with(options.filter()), end);
        }
    }

    private void read(ReadOptions wanted, long end) throws ListenerException {
        try (EventSequence events = store.readAll(wanted)) {
            reading = events;
            if (!closed) { // else nobody might close it
                deliver(events, end);
            }
        } catch (CancellationException e) {
            if (!closed) {
                throw e;
            }
        } finally {
            reading = null;
        }
    }

    /** @param end up to where there are no others; 0 if nobody knows */
    private void deliver(Iterable<RecordedEvent> events, long end) throws ListenerException {
        for (RecordedEvent event : events) {
            if (event.commitPosition() > position && options.filter().matches(event)) {
                if (!beginCall()) {
                    return;
                }
                call(event);
            }
        }
        position = Math.max(position, end);
        decided = Math.max(decided, end);
        goesOn();
    }

    private void call(RecordedEvent event) throws ListenerException {
        try {
            listener.onEvent(event);
            position = event.commitPosition();
            decided = position;
        } catch (Throwable e) {
            throw new ListenerException(e);
        } finally {
            endCall();
        }
        goesOn();
    }

    private void goesOn() {
        if (failure != null) {
            failure = null;
            backOff.reset();
        }
    }

    private void pause(String message, @Nullable Throwable e) {
        if (closed) {
            return;
        }
        failure = e;
        long millis = backOff.next().toMillis();
        log.warn(message, options.name(), position, millis, e);
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(this::resume);
    }

    private boolean beginCall() {
        lock.lock();
        try {
            caller = closed ? null : Thread.currentThread();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void endCall() {
        Thread.interrupted(); // whom it was meant for has returned
        lock.lock();
        try {
            caller = null;
            callEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stop();
        onClose.accept(this);
        awaitCall(System.nanoTime() + PATIENCE_NANOS);
    }

    /** Lets no call begin any more. */
    void stop() {
        boolean first;
        lock.lock();
        try {
            first = !closed;
            closed = true;
        } finally {
            lock.unlock();
        }
        EventSequence events = reading;
        if (events != null) {
            events.close(); // it may be looking for an event that matches for long
        }
        if (first) {
            tellListener();
        }
    }

    private void tellListener() {
        try {
            listener.onClose();
        } catch (RuntimeException e) {
            log.warn("The listener of {} failed when it was closed", options.name(), e);
        }
    }

    /** Until the call that has begun has ended, unless it is the calling one. */
    void awaitCall(long deadline) {
        lock.lock();
        try {
            long left = deadline - System.nanoTime();
            while (caller != null && caller != Thread.currentThread() && left > 0) {
                left = callEnded.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
