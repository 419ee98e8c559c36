package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;

/** Offers the jdbc module on the application's own data source, in place of the one that opens a pool of its own. */
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class})
@ConditionalOnClass(JdbcEventStore.class)
@ConditionalOnBooleanProperty(name = "eventsourcing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(JdbcProperties.class)
final class JdbcModuleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DataSourcePersistenceModule jdbcPersistenceModule(
            JdbcProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<PlatformTransactionManager> transactionManagers) {
        return new DataSourcePersistenceModule(
                properties, new JdbcBeans(properties, beans, dataSources, transactionManagers));
    }

    @Bean
    DataSourceProjectionStore dataSourceProjectionStore(
            JdbcProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<PlatformTransactionManager> transactionManagers) {
        return new DataSourceProjectionStore(
                properties, new JdbcBeans(properties, beans, dataSources, transactionManagers));
    }
}
