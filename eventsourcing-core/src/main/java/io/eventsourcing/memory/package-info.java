/** The event store in memory: for tests, and the reference that other stores are compared with. */
@NullMarked
package io.eventsourcing.memory;

import org.jspecify.annotations.NullMarked;
