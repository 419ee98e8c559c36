/** A real PostgreSQL for tests, whether or not there is Docker. */
@NullMarked
package io.eventsourcing.test.postgres;

import org.jspecify.annotations.NullMarked;
