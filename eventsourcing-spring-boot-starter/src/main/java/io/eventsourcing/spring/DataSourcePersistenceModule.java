package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.JdbcPersistenceModule;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

/** The jdbc module on beans of the application: they are looked up only when this module is the one that is chosen. */
final class DataSourcePersistenceModule implements PersistenceModule {

    private final EventSourcingProperties.Jdbc properties;
    private final BeanFactory beans;

    DataSourcePersistenceModule(EventSourcingProperties.Jdbc properties, BeanFactory beans) {
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public String name() {
        return JdbcPersistenceModule.NAME;
    }

    @Override
    public EventStore open(Settings settings) {
        DataSource dataSource = bean(DataSource.class, properties.dataSource())
                .orElseThrow(() -> new DataSourceMissingException(
                        beans.getBeanProvider(DataSource.class).stream().count()));
        JdbcEventStore.Builder builder =
                JdbcEventStore.builder(dataSource).initializeSchema(properties.initializeSchema());
        bean(PlatformTransactionManager.class, properties.transactionManager()).ifPresent(builder::transactionManager);
        return builder.open();
    }

    private <T> Optional<T> bean(Class<T> type, @Nullable String name) {
        return name == null
                ? Optional.ofNullable(beans.getBeanProvider(type).getIfUnique())
                : Optional.of(beans.getBean(name, type));
    }
}
