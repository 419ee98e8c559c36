package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.Capability;
import io.eventsourcing.test.conformance.EventStoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A store on a server, and others that have connections of their own, as processes would. */
final class EventStoreDbFixture implements EventStoreFixture {

    private final TestedServer server;
    private final List<EventStore> opened = new ArrayList<>();
    private final EventStoreDbEventStore store;
    private final Set<Capability> capabilities;

    /** @param server closed together with this */
    EventStoreDbFixture(TestedServer server) {
        this.server = server;
        this.store = open();
        this.capabilities = store.supportsSeveralStreams()
                ? Set.of(
                        Capability.DURABLE,
                        Capability.STREAM_DELETION,
                        Capability.SEALS,
                        Capability.SNAPSHOTS,
                        Capability.SCHEMAS,
                        Capability.TENANTS,
                        Capability.MULTI_STREAM_APPEND)
                : Set.of(
                        Capability.DURABLE,
                        Capability.STREAM_DELETION,
                        Capability.SEALS,
                        Capability.SNAPSHOTS,
                        Capability.SCHEMAS,
                        Capability.TENANTS);
    }

    private EventStoreDbEventStore open() {
        EventStoreDbEventStore another = server.store().open();
        synchronized (opened) {
            opened.add(another);
        }
        return another;
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public EventStore reopen() {
        return open();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        opened.forEach(EventStore::close);
        server.close();
    }
}
