package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The store that one test works with. It need not be empty: the suites use names of their own for their streams, and
 * leave alone what is there. But nobody else may append to it while a test runs.
 *
 * <p>The suites use up to 8 threads at once, and a thousand subscriptions.
 */
public interface EventStoreFixture extends AutoCloseable {

    /** The store, the same one at each call. A test may close it. */
    EventStore store();

    /**
     * Another store object over the same data, as another process would have it, while the first one is still open, or
     * closed already. The fixture closes it. With {@link Capability#DURABLE} only.
     *
     * @throws UnsupportedByStoreException without that capability
     */
    default EventStore reopen() {
        throw new UnsupportedByStoreException("reopening", store().description());
    }

    /**
     * Runs an action in a transaction that appends of the calling thread to this store join, and ends it as the action says;
     * if the action throws, it is rolled back. Before the action, the transaction has written something that isn't an
     * event, to a table of its own, as the transactions of applications have. With {@link Capability#JOINS_TRANSACTIONS}
     * only.
     *
     * @param store one that this fixture has handed out
     * @throws UnsupportedByStoreException without that capability
     */
    default void inTransaction(EventStore store, Supplier<TransactionEnd> action) {
        throw new UnsupportedByStoreException("transactions of the caller's", store.description());
    }

    /** What the store is expected to do. Of the rest, the suites expect that it is refused. */
    Set<Capability> capabilities();

    /** Closes all stores that were handed out, also those that are closed already. */
    @Override
    void close();

    /**
     * The store of a tenant of a store with {@link Capability#TENANTS}, as a fixture of its own: it keeps all promises but
     * that it has tenants. Others have events there too.
     */
    static EventStoreFixture ofTenant(EventStoreFixture whole) {
        return new TenantFixture(whole);
    }

    /** A fixture for a store that isn't durable. */
    static EventStoreFixture of(EventStore store, Capability... capabilities) {
        return new SingleStoreFixture(store, Set.of(capabilities));
    }
}
