package io.eventsourcing.eventstoredb.test;

/** Where the leader of a cluster is. */
record LeaderAddress(String host, int port) {}
