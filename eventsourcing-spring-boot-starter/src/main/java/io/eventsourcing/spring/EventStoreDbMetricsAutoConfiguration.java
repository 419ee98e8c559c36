package io.eventsourcing.spring;

import io.eventsourcing.eventstoredb.EventStoreDbEventStore;
import io.eventsourcing.store.EventStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Adds the connection to EventStoreDB to the application's metrics. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnClass({EventStoreDbEventStore.class, MeterBinder.class})
@ConditionalOnSingleCandidate(EventStore.class)
final class EventStoreDbMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventStoreDbMetrics eventStoreDbMetrics(EventStore store) {
        return new EventStoreDbMetrics(store);
    }
}
