package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcProjectionStore;
import io.eventsourcing.projection.ProjectionStore;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Opens what keeps how far projections have come in the application's own data source. */
final class DataSourceProjectionStore {

    private final JdbcProperties properties;
    private final JdbcBeans beans;

    DataSourceProjectionStore(JdbcProperties properties, JdbcBeans beans) {
        this.properties = properties;
        this.beans = beans;
    }

    /** Without one, the events may well be elsewhere. */
    boolean hasDataSource() {
        return beans.hasDataSource();
    }

    /** @throws JdbcBeanException if there are several data sources and nothing says which */
    ProjectionStore open() {
        DataSource dataSource = beans.dataSource();
        return JdbcProjectionStore.open(
                dataSource,
                beans.transactionManager(dataSource).orElseGet(() -> new JdbcTransactionManager(dataSource)),
                properties.initializeSchema());
    }
}
