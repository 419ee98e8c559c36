package io.eventsourcing.spring;

import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** New connections to the database that a pool leads to. */
final class UnpooledDataSource {

    private static final Logger log = LoggerFactory.getLogger(UnpooledDataSource.class);

    private UnpooledDataSource() {}

    /** With the same URL and credentials. None if the pool doesn't tell them. */
    static Optional<DataSource> derivedFrom(DataSource pool) {
        try {
            SimpleDriverDataSource derived = DataSourceBuilder.derivedFrom(pool)
                    .type(SimpleDriverDataSource.class)
                    .build();
            if (derived.getUrl() != null) {
                return Optional.of(derived);
            }
            log.info("Events of other processes are found by polling: the DataSource doesn't tell its URL");
        } catch (RuntimeException e) {
            log.info("Events of other processes are found by polling: no connection beside the DataSource can be made");
            log.debug("The DataSource can't be derived from", e);
        }
        return Optional.empty();
    }
}
