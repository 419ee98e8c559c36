/** The query language EventQL: questions about the events of any store, answered while they are read. */
@NullMarked
package io.eventsourcing.eventql;

import org.jspecify.annotations.NullMarked;
