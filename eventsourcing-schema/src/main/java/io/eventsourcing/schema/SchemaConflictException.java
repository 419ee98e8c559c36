package io.eventsourcing.schema;

import io.eventsourcing.store.EventStoreException;

/** Another schema is registered already for the same type and revision. A change that old events don't fit needs a new one. */
public class SchemaConflictException extends EventStoreException {

    SchemaConflictException(String message) {
        super(message);
    }
}
