package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamName;

/**
 * A stream of a tenant. Everything that knows streams by their names knows them by this.
 *
 * @param tenant empty for the default one
 */
record StreamKey(String tenant, StreamName name) {}
