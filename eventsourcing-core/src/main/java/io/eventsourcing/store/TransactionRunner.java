package io.eventsourcing.store;

import java.util.function.Supplier;

/** Of a store that can run what else is to be done in the transaction of its appends. */
public interface TransactionRunner {

    /**
     * Runs something in the caller's transaction, or in one of its own if the caller has none. If it throws, all of the
     * transaction is rolled back, also if it is the caller's.
     *
     * @return what it returns
     * @throws EventStoreException as an append does, if the transaction fails
     */
    <T> T inTransaction(Supplier<T> work);
}
