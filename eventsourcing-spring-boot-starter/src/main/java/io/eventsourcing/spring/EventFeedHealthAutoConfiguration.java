package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.store.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds what readers of all events wait for to the application's health. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnClass({JdbcEventStore.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnSingleCandidate(EventStore.class)
@ConditionalOnEnabledHealthIndicator("eventfeed")
@EnableConfigurationProperties(JdbcProperties.class)
final class EventFeedHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "eventFeedHealthIndicator")
    EventFeedHealthIndicator eventFeedHealthIndicator(EventStore store, JdbcProperties properties) {
        return new EventFeedHealthIndicator(store, properties.maxOpenAppend());
    }
}
