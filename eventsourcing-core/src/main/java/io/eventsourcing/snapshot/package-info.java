/** Snapshots of what events have made: when they are taken, and how it is made sure that they are as good as replay. */
@NullMarked
package io.eventsourcing.snapshot;

import org.jspecify.annotations.NullMarked;
