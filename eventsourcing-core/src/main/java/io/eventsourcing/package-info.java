/** What an application is written with: aggregates, their events, applications and repositories. */
@NullMarked
package io.eventsourcing;

import org.jspecify.annotations.NullMarked;
