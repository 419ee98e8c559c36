package io.eventsourcing.store;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For backends: what a store object sees. It is the whole store, or a tenant's view of it, which shares everything with the
 * whole, also who looks for new events. Thread-safe.
 */
public final class TenantScope implements Subscribable {

    private final Subscriptions subscriptions;
    private final String tenant;
    private final boolean whole;
    private final Set<Subscription> begun = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private TenantScope(Subscriptions subscriptions, String tenant, boolean whole) {
        this.subscriptions = subscriptions;
        this.tenant = tenant;
        this.whole = whole;
    }

    /** Of a store that sees all tenants. */
    public static TenantScope whole(Subscriptions subscriptions) {
        return new TenantScope(subscriptions, Tenants.DEFAULT, true);
    }

    /**
     * Of a tenant's store.
     *
     * @param store what says so if this is the scope of a tenant already
     * @throws IllegalArgumentException if the id breaks one of the rules of {@link Tenants#forTenant}
     * @throws UnsupportedByStoreException if this is the scope of a tenant already
     */
    public TenantScope of(String id, EventStore store) {
        requireWhole(Tenants.class, store);
        return new TenantScope(subscriptions, Tenants.requireId(id), false);
    }

    /**
     * For a role that is of all tenants together.
     *
     * @param store what says so if this is the scope of a tenant
     * @throws UnsupportedByStoreException if it is
     */
    public void requireWhole(Class<?> role, EventStore store) {
        if (!whole) {
            throw new UnsupportedByStoreException(role.getSimpleName(), store.description());
        }
    }

    /**
     * What the conditions of a tenant's append look at: the tenant alone, also if it is the default one.
     *
     * @param appending a tenant that this or another scope of the same store has
     */
    public TenantScope asked(String appending) {
        return new TenantScope(subscriptions, appending, false);
    }

    /** Whose streams are meant where one is named. */
    public String tenant() {
        return tenant;
    }

    /** Whether the events of all tenants are seen. */
    public boolean isWhole() {
        return whole;
    }

    /** The store as logs call it. */
    public String describe(String store) {
        return whole ? store : store + " of tenant '" + tenant + "'";
    }

    /** The only tenant whose events are seen; empty for all. */
    public Optional<String> seen() {
        return whole ? Optional.empty() : Optional.of(tenant);
    }

    /** For a read of all events: the same, of what is seen. */
    public ReadOptions seen(ReadOptions options) {
        return whole ? options : options.with(options.filter().tenant(tenant));
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        if (whole) {
            return subscriptions.subscribe(options, listener);
        }
        requireOpen();
        begun.removeIf(subscription -> !subscription.isRunning());
        Subscription subscription = subscriptions.subscribe(options.ofTenant(tenant), listener);
        begun.add(subscription);
        if (closed) { // perhaps not seen by who closes
            subscription.close();
            requireOpen();
        }
        return subscription;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The event store of tenant '" + tenant + "' is closed");
        }
    }

    /** Ends the subscriptions that were begun here. Does nothing when called again. */
    public void close() {
        closed = true;
        if (whole) {
            subscriptions.close();
        }
        begun.forEach(Subscription::close);
    }
}
