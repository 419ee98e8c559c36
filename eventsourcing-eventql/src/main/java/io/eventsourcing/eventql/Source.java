package io.eventsourcing.eventql;

/** {@code FROM alias IN origin}. */
record Source(String alias, Origin origin, Location at) {}
