package io.eventsourcing.eventstoredb;

/**
 * How the connection of a store has fared since the store was opened.
 *
 * @param connected whether the last call has reached the server; false before the first
 * @param reconnections how often the client was given up for another one
 * @param retries how many calls were made again, since they had not been answered
 */
public record ConnectionStatistics(boolean connected, long reconnections, long retries) {}
