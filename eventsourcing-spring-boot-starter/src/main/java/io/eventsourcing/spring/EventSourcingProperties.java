package io.eventsourcing.spring;

import io.eventsourcing.jdbc.SchemaInitialization;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about event sourcing.
 *
 * @param persistenceModule Name of the module that keeps the events, such as jdbc or memory. PERSISTENCE_MODULE is a
 *     synonym. Needed only when several modules besides memory are on the class path.
 * @param jdbc The jdbc module.
 */
@ConfigurationProperties("eventsourcing")
record EventSourcingProperties(
        @Nullable String persistenceModule, @DefaultValue Jdbc jdbc) {

    /**
     * The jdbc module.
     *
     * @param initializeSchema When to create or upgrade the tables of the event store.
     * @param dataSource Name of the DataSource bean to use, when there are several.
     * @param transactionManager Name of the PlatformTransactionManager bean whose transactions appends join, when there
     *     are several.
     */
    record Jdbc(
            @DefaultValue("embedded") SchemaInitialization initializeSchema,
            @Nullable String dataSource,
            @Nullable String transactionManager) {}
}
