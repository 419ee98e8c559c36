package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.store.EventStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Adds how appends are combined to the application's metrics. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnClass({JdbcEventStore.class, MeterBinder.class})
@ConditionalOnSingleCandidate(EventStore.class)
final class JdbcMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    JdbcMetrics jdbcMetrics(EventStore store) {
        return new JdbcMetrics(store);
    }
}
