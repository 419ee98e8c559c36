package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.JdbcPersistenceModule;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/** The jdbc module on beans of the application: they are looked up only when this module is the one that is chosen. */
final class DataSourcePersistenceModule implements PersistenceModule {

    private static final String DATA_SOURCE = "eventsourcing.jdbc.data-source";
    private static final String TRANSACTION_MANAGER = "eventsourcing.jdbc.transaction-manager";

    private final JdbcProperties properties;
    private final ListableBeanFactory beans;
    private final ObjectProvider<DataSource> dataSources;
    private final ObjectProvider<PlatformTransactionManager> transactionManagers;

    DataSourcePersistenceModule(
            JdbcProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<PlatformTransactionManager> transactionManagers) {
        this.properties = properties;
        this.beans = beans;
        this.dataSources = dataSources;
        this.transactionManagers = transactionManagers;
    }

    @Override
    public String name() {
        return JdbcPersistenceModule.NAME;
    }

    @Override
    public EventStore open(Settings settings) {
        DataSource dataSource = dataSource();
        JdbcEventStore.Builder builder =
                JdbcEventStore.builder(dataSource).initializeSchema(properties.initializeSchema());
        transactionManager(dataSource).ifPresent(builder::transactionManager);
        if (properties.listen()) {
            UnpooledDataSource.derivedFrom(dataSource).ifPresent(builder::listenOn);
        }
        return builder.open();
    }

    private DataSource dataSource() {
        return named(DATA_SOURCE, properties.dataSource(), DataSource.class)
                .or(() -> Optional.ofNullable(dataSources.getIfUnique()))
                .orElseThrow(() -> JdbcBeanException.noSingleDataSource(names(DataSource.class)));
    }

    /**
     * None if that of the application manages another data source. The store then makes one for itself, and still joins
     * transactions on its own data source, whoever began them.
     */
    private Optional<PlatformTransactionManager> transactionManager(DataSource dataSource) {
        Optional<PlatformTransactionManager> named =
                named(TRANSACTION_MANAGER, properties.transactionManager(), PlatformTransactionManager.class);
        if (named.filter(manager -> managesAnother(manager, dataSource)).isPresent()) {
            throw JdbcBeanException.wrongTransactionManager(TRANSACTION_MANAGER, properties.transactionManager());
        }
        return named.or(() -> Optional.ofNullable(transactionManagers.getIfUnique())
                .filter(manager -> !managesAnother(manager, dataSource)));
    }

    /** A manager that manages something else than a data source, as that of JPA, may use this one all the same. */
    private static boolean managesAnother(PlatformTransactionManager manager, DataSource dataSource) {
        return manager instanceof ResourceTransactionManager aware
                && aware.getResourceFactory() instanceof DataSource managed
                && managed != unwrapped(dataSource);
    }

    private static @Nullable DataSource unwrapped(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
    }

    private <T> Optional<T> named(String property, @Nullable String name, Class<T> type) {
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, type)) {
            throw JdbcBeanException.notThere(property, name, type, names(type));
        }
        return Optional.of(beans.getBean(name, type));
    }

    private List<String> names(Class<?> type) {
        return List.of(beans.getBeanNamesForType(type));
    }
}
