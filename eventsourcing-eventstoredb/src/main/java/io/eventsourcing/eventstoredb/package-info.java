/**
 * Keeps events in EventStoreDB and KurrentDB, through their official client.
 *
 * <p>The client repeats nothing, and dies quietly in several ways. What repeats calls here is the retry of Spring's core,
 * which brings delays that grow, jitter and a limit in time without a further dependency.
 */
@NullMarked
package io.eventsourcing.eventstoredb;

import org.jspecify.annotations.NullMarked;
