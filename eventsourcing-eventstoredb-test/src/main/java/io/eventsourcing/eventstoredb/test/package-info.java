/**
 * A server that speaks the protocol of EventStoreDB and KurrentDB, in this process, with faults on demand: for tests
 * without Docker, and to try an application.
 *
 * <p>{@link io.eventsourcing.eventstoredb.test.EventStoreDbServer} starts one. It has reads and subscriptions of streams
 * and $all with their filters, appends to one and to several streams, soft and final deletion, stream metadata, gossip,
 * TLS, users and clusters. It hasn't persistent subscriptions, projections, batched appends, links and their resolving,
 * access lists, scavenging, redaction, chunks, and followers that lag. A test against it proves what an application makes
 * of the protocol; that the real server does the same is proved by a test against that one only.
 *
 * <p>The log is its own: byte positions with gaps, metadata streams and deletions whose numbering goes on are rules of
 * that server and of no other store.
 */
@NullMarked
package io.eventsourcing.eventstoredb.test;

import org.jspecify.annotations.NullMarked;
