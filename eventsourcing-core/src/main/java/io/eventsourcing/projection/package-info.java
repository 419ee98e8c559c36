/** Projections: what is made of events, how far it has come, and what runs it. */
@NullMarked
package io.eventsourcing.projection;

import org.jspecify.annotations.NullMarked;
