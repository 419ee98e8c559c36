package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;

/** An event on its way into the table. */
record NewRow(StreamName stream, long streamPosition, NewEvent event) {}
