package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.JdbcEventStoreBuilder;
import io.eventsourcing.jdbc.JdbcPersistenceModule;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import javax.sql.DataSource;

/** The jdbc module on beans of the application: they are looked up only when this module is the one that is chosen. */
final class DataSourcePersistenceModule implements PersistenceModule {

    private final JdbcProperties properties;
    private final JdbcBeans beans;

    DataSourcePersistenceModule(JdbcProperties properties, JdbcBeans beans) {
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public String name() {
        return JdbcPersistenceModule.NAME;
    }

    @Override
    public EventStore open(Settings settings) {
        DataSource dataSource = beans.dataSource();
        JdbcEventStoreBuilder builder =
                JdbcEventStore.builder(dataSource).initializeSchema(properties.initializeSchema());
        beans.transactionManager(dataSource).ifPresent(builder::transactionManager);
        if (properties.listen()) {
            UnpooledDataSource.derivedFrom(dataSource).ifPresent(builder::listenOn);
        }
        return builder.open();
    }
}
