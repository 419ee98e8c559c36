package io.eventsourcing.store;

/** Of a store whose appends join a transaction of the caller's. */
public interface TransactionAware {

    /** Whether the calling thread is in a transaction that an append would join. */
    boolean isInTransaction();
}
