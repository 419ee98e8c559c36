package io.eventsourcing.test.conformance;

/** What one store does and another refuses. Everything else is asked of all of them. */
public enum Capability {

    /** It plays the role {@link io.eventsourcing.store.MultiStreamAppender}. */
    MULTI_STREAM_APPEND,

    /** It plays the role {@link io.eventsourcing.store.ConditionalAppender}, and keeps tags. */
    CONDITIONAL_APPEND,

    /** It plays the role {@link io.eventsourcing.store.StreamDeleter}. */
    STREAM_DELETION,

    /** It plays the role {@link io.eventsourcing.store.Catalogue}. */
    CATALOGUE,

    /** It plays the role {@link io.eventsourcing.store.SnapshotSource}. */
    SNAPSHOTS,
    /** It plays the role {@link io.eventsourcing.store.SealsSource}. */
    SEALS,

    /** It plays the role {@link io.eventsourcing.store.Tenants}. */
    TENANTS,

    /** It plays the role {@link io.eventsourcing.store.EventSchemasSource}. */
    SCHEMAS,

    /** What was appended outlives the store object: {@link EventStoreFixture#reopen()} finds it. */
    DURABLE,

    /**
     * Its appends join transactions of the caller's, and it plays the role {@link io.eventsourcing.store.TransactionAware}:
     * {@link EventStoreFixture#inTransaction} runs one.
     */
    JOINS_TRANSACTIONS
}
