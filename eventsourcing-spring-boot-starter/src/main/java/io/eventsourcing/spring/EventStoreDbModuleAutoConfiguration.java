package io.eventsourcing.spring;

import io.eventsourcing.eventstoredb.EventStoreDbEventStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Offers the eventstoredb module with the application's properties, in place of the one that knows variables alone. */
@AutoConfiguration(after = SslAutoConfiguration.class, before = EventSourcingAutoConfiguration.class)
@ConditionalOnClass(EventStoreDbEventStore.class)
@ConditionalOnBooleanProperty(name = "eventsourcing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventStoreDbProperties.class)
final class EventStoreDbModuleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(EventStoreDbConnectionDetails.class)
    PropertiesEventStoreDbConnectionDetails eventStoreDbConnectionDetails(
            EventStoreDbProperties properties, Environment environment, ObjectProvider<SslBundles> sslBundles) {
        return new PropertiesEventStoreDbConnectionDetails(properties, environment, sslBundles);
    }

    @Bean
    @ConditionalOnMissingBean
    PropertiesEventStoreDbModule eventStoreDbPersistenceModule(
            EventStoreDbProperties properties, EventStoreDbConnectionDetails connection) {
        return new PropertiesEventStoreDbModule(properties, connection);
    }
}
