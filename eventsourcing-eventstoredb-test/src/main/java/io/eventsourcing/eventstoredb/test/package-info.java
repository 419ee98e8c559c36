/** A server that speaks the protocol of EventStoreDB and KurrentDB, in this process, with faults on demand. */
@NullMarked
package io.eventsourcing.eventstoredb.test;

import org.jspecify.annotations.NullMarked;
