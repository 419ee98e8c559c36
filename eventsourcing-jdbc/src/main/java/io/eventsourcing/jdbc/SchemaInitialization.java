package io.eventsourcing.jdbc;

/** When opening a store creates or upgrades its tables. */
public enum SchemaInitialization {

    /** Whenever they are missing or older than this version of the library. */
    ALWAYS,

    /** Only in a database that lives in the memory of this process. */
    EMBEDDED,

    /** Never: a migration tool does it, with the scripts under {@code io/eventsourcing/jdbc/schema}. */
    NEVER
}
