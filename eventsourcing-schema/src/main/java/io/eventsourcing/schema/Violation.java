package io.eventsourcing.schema;

/**
 * A stored event that doesn't fit a schema.
 *
 * @param commitPosition of the event
 * @param message names the event and which part of the schema it doesn't fit, without its payload
 */
public record Violation(long commitPosition, String message) {}
