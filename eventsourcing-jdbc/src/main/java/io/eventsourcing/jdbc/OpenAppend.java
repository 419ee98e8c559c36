package io.eventsourcing.jdbc;

import java.time.Duration;

/**
 * A transaction that has appended and isn't over. Until it is, readers of all events see nothing behind it.
 *
 * @param processId of the server's process for its connection; 0 for a prepared transaction, which has none
 * @param application what the connection says of itself; empty if that is nothing, or may not be seen
 * @param age since the transaction began; zero if that may not be seen
 */
public record OpenAppend(int processId, String application, Duration age) {}
