package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.Capability;
import io.eventsourcing.test.conformance.EventStoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A store on a server, and others that have connections of their own, as processes would. */
final class EventStoreDbFixture implements EventStoreFixture {

    private final Supplier<EventStoreDbEventStore.Builder> server;
    private final Set<Capability> capabilities;
    private final List<EventStore> opened = new ArrayList<>();
    private final EventStore store;

    EventStoreDbFixture(Supplier<EventStoreDbEventStore.Builder> server, Set<Capability> capabilities) {
        this.server = server;
        this.capabilities = capabilities;
        this.store = reopen();
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public EventStore reopen() {
        EventStore another = server.get().open();
        synchronized (opened) {
            opened.add(another);
        }
        return another;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        opened.forEach(EventStore::close);
    }
}
