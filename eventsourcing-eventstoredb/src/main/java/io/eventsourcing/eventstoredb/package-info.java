/** Will keep events in EventStoreDB and KurrentDB; there is nothing in it yet. */
@NullMarked
package io.eventsourcing.eventstoredb;

import org.jspecify.annotations.NullMarked;
