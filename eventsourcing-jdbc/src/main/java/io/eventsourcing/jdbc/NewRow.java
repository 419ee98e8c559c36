package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;

/**
 * An event on its way into the table.
 *
 * @param tenant whose stream it is
 */
record NewRow(long commitPosition, long streamId, long streamPosition, NewEvent event, String tenant) {}
