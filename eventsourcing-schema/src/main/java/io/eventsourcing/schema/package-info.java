/** Validates the payloads of events against JSON Schemas that are registered for their types and revisions. */
@NullMarked
package io.eventsourcing.schema;

import org.jspecify.annotations.NullMarked;
