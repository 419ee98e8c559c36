package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStoreException;

/** The tables that a store needs are missing, or not of the version that this library needs. */
public class SchemaNotCurrentException extends EventStoreException {

    SchemaNotCurrentException(String message) {
        super(message);
    }
}
