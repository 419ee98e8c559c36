package io.eventsourcing.store;

/**
 * What keeps the events: the roles that every backend plays. A backend implements further role interfaces for what it
 * can do beyond them ({@link MultiStreamAppender}, {@link TransactionAware}, {@link AppendSignals}); {@link #require}
 * refuses by name what it cannot.
 *
 * <p>Stores are thread-safe.
 */
public interface EventStore extends EventAppender, StreamReader, AllReader, Subscribable, AutoCloseable {

    /** A short text for logs and health: which backend, without secrets. */
    String description();

    /**
     * This store in one of its roles.
     *
     * @throws UnsupportedByStoreException if this backend doesn't play it
     */
    default <R> R require(Class<R> role) {
        if (role.isInstance(this)) {
            return role.cast(this);
        }
        throw new UnsupportedByStoreException(role.getSimpleName(), description());
    }

    /** Closes its subscriptions, and releases what it holds. What was given to it, such as a data source, stays open. */
    @Override
    void close();
}
