package io.eventsourcing.spring;

import io.eventsourcing.jdbc.SchemaInitialization;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about the jdbc module. Apart from the rest, which has to work where this module is not on the class
 * path.
 *
 * @param initializeSchema When to create or upgrade the tables of the event store.
 * @param dataSource Name of the DataSource bean to use, when there are several.
 * @param transactionManager Name of the PlatformTransactionManager bean whose transactions appends join, when there are
 *     several. By default, the one that manages the data source.
 * @param listen Whether to keep a connection beside the pool that listens for the events of other processes, on
 *     PostgreSQL, while there are subscriptions. Without it, they are found by polling.
 * @param maxOpenAppend How long a transaction that has appended may stay open, before the health is down.
 */
@ConfigurationProperties("eventsourcing.jdbc")
record JdbcProperties(
        @DefaultValue("embedded") SchemaInitialization initializeSchema,
        @Nullable String dataSource,
        @Nullable String transactionManager,
        @DefaultValue("true") boolean listen,
        @DefaultValue("1m") Duration maxOpenAppend) {}
