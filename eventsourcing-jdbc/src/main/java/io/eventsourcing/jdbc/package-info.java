/** Keeps events in H2 or PostgreSQL, inside the caller's transaction when there is one. */
@NullMarked
package io.eventsourcing.jdbc;

import org.jspecify.annotations.NullMarked;
