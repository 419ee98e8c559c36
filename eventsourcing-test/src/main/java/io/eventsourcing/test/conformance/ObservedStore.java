package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A store with subscriptions of its own, which counts their reads, and can lose signals and be out of reach. Thread-safe. */
final class ObservedStore implements EventStore, AppendSignals {

    private final EventStore store;
    private final Subscriptions subscriptions;
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean losesSignals;
    private volatile boolean unavailable;

    ObservedStore(EventStore store, Duration pollInterval) {
        this.store = store;
        this.subscriptions = new Subscriptions(this, pollInterval);
    }

    /** One that nobody who waits for the interval to be over sees the end of. */
    static ObservedStore withoutPolling(EventStore store) {
        return new ObservedStore(store, Duration.ofDays(1));
    }

    ObservedStore losingSignals() {
        losesSignals = true;
        return this;
    }

    void unavailable(boolean is) {
        unavailable = is;
    }

    /** How often all events were asked for. */
    long reads() {
        return reads.get();
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        reads.incrementAndGet();
        if (unavailable) {
            throw new StoreUnavailableException("out of reach, says the test", null);
        }
        return store.readAll(options);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        Runnable passedOn = () -> {
            if (!losesSignals) {
                signal.run();
            }
        };
        return store instanceof AppendSignals signals ? signals.onAppend(passedOn) : () -> {};
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return subscriptions.subscribe(options, listener);
    }

    @Override
    public String description() {
        return store.description();
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        return store.append(stream, expected, events);
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return store.read(stream, options);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return store.position(stream);
    }

    /** Ends the subscriptions; the store behind this stays open. */
    @Override
    public void close() {
        subscriptions.close();
    }
}
