package io.eventsourcing.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What can be set about event sourcing.
 *
 * @param persistenceModule Name of the module that keeps the events, such as jdbc or memory. PERSISTENCE_MODULE is a
 *     synonym. Needed only when several modules besides memory are on the class path.
 */
@ConfigurationProperties("eventsourcing")
record EventSourcingProperties(@Nullable String persistenceModule) {}
