package io.eventsourcing.schema;

import io.eventsourcing.mapping.EventMappingException;

/** A payload doesn't fit the schema that is registered for its event. Nothing was written. */
public class SchemaViolationException extends EventMappingException {

    SchemaViolationException(String message) {
        super(message, null);
    }
}
