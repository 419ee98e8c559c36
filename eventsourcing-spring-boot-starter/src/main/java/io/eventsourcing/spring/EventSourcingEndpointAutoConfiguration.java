package io.eventsourcing.spring;

import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.EventStore;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Adds an endpoint for the store and its projections to Actuator; who exposes it is the application. */
@AutoConfiguration(after = {EventSourcingAutoConfiguration.class, ProjectionsAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnSingleCandidate(EventStore.class)
@ConditionalOnAvailableEndpoint(EventSourcingEndpoint.class)
final class EventSourcingEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventSourcingEndpoint eventSourcingEndpoint(EventStore store, Projections projections) {
        return new EventSourcingEndpoint(store, projections);
    }
}
