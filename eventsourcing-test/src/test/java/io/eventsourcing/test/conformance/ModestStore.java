package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import java.util.List;

/** A store that plays no role but those that every store plays. Closing it leaves the one behind it open. */
class ModestStore implements EventStore {

    final EventStore store;
    private final Subscriptions subscriptions = new Subscriptions(this);

    ModestStore(EventStore store) {
        this.store = store;
    }

    @Override
    public String description() {
        return "modest";
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        AppendRules.requireNoTags(events, description());
        return store.append(stream, expected, events);
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return store.read(stream, options);
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return store.readAll(options);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return store.position(stream);
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return subscriptions.subscribe(options, listener);
    }

    @Override
    public void close() {
        subscriptions.close();
    }
}
