/** Event stores beside what their databases can do at best, and beside others, in turn on one machine. */
@NullMarked
package io.eventsourcing.benchmarks.store;

import org.jspecify.annotations.NullMarked;
