package io.eventsourcing.jdbc;

import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.store.EventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Mistakes with checkpoints and leases in a database, and a test that each of them fails. */
enum ProjectionFault implements JdbcProjectionConformance.Opening {
    NO_FENCING_TOKEN("whatTheOwnerBeforeDoesLeavesNothing") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return unfenced(pool, vendor);
        }
    },
    NO_FENCING_TOKEN_AT_THE_END_OF_A_BATCH("batchThatEndsTooLateLeavesNothing") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return unfenced(pool, vendor);
        }
    },
    CHECKPOINT_OUTSIDE_OF_THE_TRANSACTION("batchThatFailsLeavesNothing") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            DataSource other = new DelegatingDataSource(pool);
            return new JdbcProjectionStore(other, new JdbcTransactionManager(other), vendor, sql);
        }
    },
    CHECKPOINT_OUTSIDE_OF_THE_TRANSACTION_WHEN_AN_EVENT_FAILS("eventThatFailsIsTriedAgain") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return CHECKPOINT_OUTSIDE_OF_THE_TRANSACTION.open(pool, manager, vendor, sql);
        }
    },
    CHECKPOINT_OUTSIDE_OF_THE_TRANSACTION_WHEN_A_NODE_HANGS("nodeThatIsFrozenIsReplaced") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return CHECKPOINT_OUTSIDE_OF_THE_TRANSACTION.open(pool, manager, vendor, sql);
        }
    },
    OWN_TRANSACTION_FOR_WHAT_A_PROCESS_SAVES("whatIsSavedIsThereOnceThoughTheCheckpointIsLost") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return new JdbcProjectionStore(pool, manager, vendor, sql);
        }

        @Override
        public EventStore events(DataSource pool, PlatformTransactionManager manager, Databases.Coordinates database) {
            DataSource other = new DelegatingDataSource(pool);
            EventStore apart = super.events(other, new JdbcTransactionManager(other), database);
            return (EventStore) Proxy.newProxyInstance(
                    EventStore.class.getClassLoader(),
                    JdbcEventStore.class.getInterfaces(),
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("isInTransaction")) {
                            return TransactionSynchronizationManager.isActualTransactionActive();
                        }
                        try {
                            return method.invoke(apart, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    },
    CLOCK_OF_THE_NODE_FOR_TIMEOUTS("timeoutIsDueByTheClockOfTheStore") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return new JdbcProjectionStore(pool, manager, vendor, sql);
        }

        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Duration clockError) {
            return CLOCK_OF_THE_NODE.open(pool, manager, vendor, clockError);
        }
    },
    CLOCK_OF_THE_NODE("leaseIsMeasuredByTheClockOfTheStore") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return new JdbcProjectionStore(pool, manager, vendor, sql);
        }

        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Duration clockError) {
            return open(pool, manager, vendor, new VariedSql(vendor.sql()) {
                @Override
                public String now() {
                    return "TIMESTAMPTZ '" + Instant.now().plus(clockError) + "'";
                }

                @Override
                public String later() {
                    return now() + " + CAST(? AS double precision) * INTERVAL '1 millisecond'";
                }
            });
        }
    };

    private final String test;

    ProjectionFault(String test) {
        this.test = test;
    }

    String test() {
        return test;
    }

    /** The condition on the token holds for older ones too. */
    private static ProjectionStore unfenced(DataSource pool, Vendor vendor) {
        Rewriting rewriting = new Rewriting(pool);
        return new JdbcProjectionStore(rewriting, new JdbcTransactionManager(rewriting), vendor, vendor.sql());
    }

    /** Its connections prepare other statements than they are asked for. */
    private static final class Rewriting extends DelegatingDataSource {

        Rewriting(DataSource right) {
            super(right);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection right = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            arguments[0] = ((String) arguments[0]).replace("AND token = ?", "AND token >= ?");
                        }
                        try {
                            return method.invoke(right, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
