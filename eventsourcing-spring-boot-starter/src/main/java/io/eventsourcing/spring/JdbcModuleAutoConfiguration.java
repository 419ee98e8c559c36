package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Offers the jdbc module on the application's own data source, in place of the one that opens a pool of its own. */
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
@ConditionalOnClass(JdbcEventStore.class)
@ConditionalOnBooleanProperty(name = "eventsourcing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventSourcingProperties.class)
final class JdbcModuleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DataSourcePersistenceModule jdbcPersistenceModule(EventSourcingProperties properties, BeanFactory beans) {
        return new DataSourcePersistenceModule(properties.jdbc(), beans);
    }
}
