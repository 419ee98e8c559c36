/** Auto-configuration for Spring Boot: one property chooses the event store, applications are wired to it. */
@NullMarked
package io.eventsourcing.spring;

import org.jspecify.annotations.NullMarked;
