package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;

/** An event on its way into the table. */
record NewRow(long commitPosition, long streamId, long streamPosition, NewEvent event) {}
