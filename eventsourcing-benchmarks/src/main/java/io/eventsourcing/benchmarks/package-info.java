/** What things cost, measured beside what they could cost. */
@NullMarked
package io.eventsourcing.benchmarks;

import org.jspecify.annotations.NullMarked;
