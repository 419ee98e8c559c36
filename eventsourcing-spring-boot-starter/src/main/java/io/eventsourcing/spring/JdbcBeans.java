package io.eventsourcing.spring;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/** The data source and the transaction manager that are to be used, of those that the application has. */
final class JdbcBeans {

    private static final String DATA_SOURCE = "eventsourcing.jdbc.data-source";
    private static final String TRANSACTION_MANAGER = "eventsourcing.jdbc.transaction-manager";

    private final JdbcProperties properties;
    private final ListableBeanFactory beans;
    private final ObjectProvider<DataSource> dataSources;
    private final ObjectProvider<PlatformTransactionManager> transactionManagers;

    JdbcBeans(
            JdbcProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<DataSource> dataSources,
            ObjectProvider<PlatformTransactionManager> transactionManagers) {
        this.properties = properties;
        this.beans = beans;
        this.dataSources = dataSources;
        this.transactionManagers = transactionManagers;
    }

    boolean hasDataSource() {
        return !names(DataSource.class).isEmpty();
    }

    /** @throws JdbcBeanException if there is none, or several and nothing says which */
    DataSource dataSource() {
        return named(DATA_SOURCE, properties.dataSource(), DataSource.class)
                .or(() -> Optional.ofNullable(dataSources.getIfUnique()))
                .orElseThrow(() -> JdbcBeanException.noSingleDataSource(names(DataSource.class)));
    }

    /**
     * None if that of the application manages another data source. The store then makes one for itself, and still joins
     * transactions on its own data source, whoever began them.
     */
    Optional<PlatformTransactionManager> transactionManager(DataSource dataSource) {
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
