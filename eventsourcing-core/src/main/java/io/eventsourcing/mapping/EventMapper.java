package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;

/** Turns the arguments of events into bytes and back. Implementations are thread-safe. */
public interface EventMapper {

    /**
     * Finds out whether every payload of this shape can be written and read.
     *
     * @throws EventMappingException naming the parameter that can't, and what to do
     */
    void check(EventShape shape);

    /**
     * A JSON Schema that accepts whatever this mapper writes for events of this shape. A mapper that doesn't know of any
     * refuses.
     *
     * @throws UnsupportedOperationException if it can't say
     */
    default String schema(EventShape shape) {
        throw new UnsupportedOperationException(getClass().getName() + " makes no schemas");
    }

    /** @throws EventMappingException if a value can't be written */
    byte[] encode(EventShape shape, Object[] arguments);

    /** @throws EventMappingException if the bytes don't fit the shape */
    Object[] decode(EventShape shape, RecordedEvent event);

    /** An empty array for no metadata. */
    byte[] encode(Metadata metadata);

    /** The metadata of an event, as {@link #encode(Metadata)} wrote it. */
    Metadata decodeMetadata(RecordedEvent event);
}
