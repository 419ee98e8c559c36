package io.eventsourcing.store;

/** A store that can keep the schemas of its events beside them. */
public interface EventSchemasSource {

    /** Always the same. It works for as long as the store is open. */
    EventSchemas schemas();
}
