/** What every event store promises, as tests that a backend runs against itself. */
@NullMarked
package io.eventsourcing.test.conformance;

import org.jspecify.annotations.NullMarked;
