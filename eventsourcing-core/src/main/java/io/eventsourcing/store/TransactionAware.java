package io.eventsourcing.store;

/** Of a store whose appends join a transaction of the caller's. */
public interface TransactionAware {

    /** Whether the calling thread is in a transaction that an append would join. */
    boolean isInTransaction();

    /**
     * Runs something once the calling thread's transaction has been committed, by the same thread; not at all if it is
     * rolled back, or nobody knows how it ended. It throws nothing. The transaction may still hold its connection then, so
     * whatever takes another one belongs into another thread.
     *
     * @throws IllegalStateException if there is no such transaction
     */
    void afterCommit(Runnable action);
}
