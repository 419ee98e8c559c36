package io.eventsourcing.test.conformance;

/** How a transaction of a caller's is to end. */
public enum TransactionEnd {
    COMMIT,
    ROLLBACK
}
