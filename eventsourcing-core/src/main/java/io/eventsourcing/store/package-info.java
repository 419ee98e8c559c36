/** The port to whatever keeps the events: what a backend implements and a power user calls. */
@NullMarked
package io.eventsourcing.store;

import org.jspecify.annotations.NullMarked;
