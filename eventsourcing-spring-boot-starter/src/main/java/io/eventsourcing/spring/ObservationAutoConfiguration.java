package io.eventsourcing.spring;

import io.eventsourcing.Instrumentation;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Observes saves and loads where the application has observations. */
@AutoConfiguration(before = EventSourcingAutoConfiguration.class)
@ConditionalOnClass(ObservationRegistry.class)
final class ObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Instrumentation.class)
    Observations eventSourcingObservations(ObjectProvider<ObservationRegistry> registry) {
        return new Observations(registry.getIfUnique(ObservationRegistry::create));
    }
}
