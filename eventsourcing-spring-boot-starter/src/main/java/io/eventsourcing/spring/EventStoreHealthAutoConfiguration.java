package io.eventsourcing.spring;

import io.eventsourcing.store.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds the event store to the application's health. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnSingleCandidate(EventStore.class)
@ConditionalOnEnabledHealthIndicator("eventstore")
final class EventStoreHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "eventStoreHealthIndicator")
    EventStoreHealthIndicator eventStoreHealthIndicator(EventStore store) {
        return new EventStoreHealthIndicator(store);
    }
}
