package io.eventsourcing.spring;

import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.integrity.IntegrityKeys;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Seals the events of the store, if that is asked for. A bean of type {@link Seals} says where else seals are kept. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnBooleanProperty("eventsourcing.integrity.enabled")
@ConditionalOnSingleCandidate(EventStore.class)
@EnableConfigurationProperties(IntegrityProperties.class)
final class IntegrityAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Integrity integrity(
            EventStore store, ObjectProvider<Seals> seals, IntegrityProperties properties, Environment environment) {
        IntegrityKeys keys = IntegrityKeys.of(properties.over(Settings.of(environment::getProperty)));
        return Integrity.of(
                store,
                seals.getIfAvailable(() -> store.require(SealsSource.class).seals()),
                keys);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "eventsourcing.integrity.seal-continuously", matchIfMissing = true)
    ContinuousSealing continuousSealing(Integrity integrity) {
        return ContinuousSealing.of(integrity);
    }
}
