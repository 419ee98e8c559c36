/** Events to bytes and back, as JSON. */
@NullMarked
package io.eventsourcing.mapping;

import org.jspecify.annotations.NullMarked;
