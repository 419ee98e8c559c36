package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.Tenants;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The store of a tenant, among others that have events too. */
final class TenantFixture implements EventStoreFixture {

    private final EventStoreFixture whole;
    private final String tenant = "tenant-" + UUID.randomUUID();
    private final Map<EventStore, EventStore> wholeOf = new IdentityHashMap<>();
    private final EventStore store;

    TenantFixture(EventStoreFixture whole) {
        this.whole = whole;
        addOthers(whole.store());
        this.store = scoped(whole.store());
        addOthers(whole.store());
    }

    private static void addOthers(EventStore store) {
        store.append(TestEvents.newStream(), ExpectedPosition.any(), TestEvents.events(3));
        store.require(Tenants.class)
                .forTenant("other-" + UUID.randomUUID())
                .append(TestEvents.newStream(), ExpectedPosition.any(), TestEvents.events(2));
    }

    private EventStore scoped(EventStore opened) {
        EventStore scoped = opened.require(Tenants.class).forTenant(tenant);
        synchronized (wholeOf) {
            wholeOf.put(scoped, opened);
        }
        return scoped;
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public EventStore reopen() {
        return scoped(whole.reopen());
    }

    @Override
    public void inTransaction(EventStore joined, Supplier<TransactionEnd> action) {
        EventStore opened;
        synchronized (wholeOf) {
            opened = Objects.requireNonNull(wholeOf.get(joined));
        }
        whole.inTransaction(opened, action);
    }

    /** A tenant has no tenants; and seals are of the whole store. */
    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.copyOf(whole.capabilities());
        capabilities.remove(Capability.TENANTS);
        capabilities.remove(Capability.SEALS);
        return capabilities;
    }

    @Override
    public void close() {
        whole.close();
    }
}
