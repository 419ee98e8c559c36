package io.eventsourcing.store;

/**
 * Where an append ended.
 *
 * @param streamPosition of the stream's last event
 * @param commitPosition of the last event appended: whoever has processed the store up to here has processed this append.
 *     0 if no events were given
 */
public record AppendResult(StreamName stream, StreamPosition streamPosition, long commitPosition) {}
