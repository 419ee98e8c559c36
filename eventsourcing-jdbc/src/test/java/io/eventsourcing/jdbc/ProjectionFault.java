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
    NO_NEW_TOKENS_FOR_NEW_SEGMENTS("ownerOfBeforeIsNoneOfTheSameSegmentLater") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return rewritten(pool, vendor, "GREATEST(retired_token", "0 * GREATEST(retired_token");
        }
    },
    NO_LIMIT_AT_THE_END_OF_A_BATCH("segmentsMeetWhereTheFirstOfThemIs") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return rewritten(pool, vendor, "AND commit_limit >= ?", "AND ? >= 0");
        }
    },
    NO_NEW_TOKENS_AT_A_RESET("ownerOfBeforeAResetLeavesNothing") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return rewritten(pool, vendor, "SET token = token + 1, owner = NULL", "SET owner = NULL");
        }
    },
    NO_NEW_TOKENS_FOR_ANOTHER_REBUILD("ownerOfARebuildOfBeforeLeavesNothing") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return rewritten(pool, vendor, "SET retired_token = ?", "SET retired_token = 0 * ?");
        }
    },
    EXCHANGE_OUTSIDE_OF_THE_TRANSACTION("exchangeThatFailsChangesNothing") {
        @Override
        public ProjectionStore open(
                DataSource pool, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
            return CHECKPOINT_OUTSIDE_OF_THE_TRANSACTION.open(pool, manager, vendor, sql);
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
        return rewritten(pool, vendor, "AND token = ?", "AND token >= ?");
    }

    private static ProjectionStore rewritten(DataSource pool, Vendor vendor, String right, String wrong) {
        Rewriting rewriting = new Rewriting(pool, right, wrong);
        return new JdbcProjectionStore(rewriting, new JdbcTransactionManager(rewriting), vendor, vendor.sql());
    }

    /** Its connections prepare other statements than they are asked for. */
    private static final class Rewriting extends DelegatingDataSource {

        private final String right;
        private final String wrong;

        Rewriting(DataSource pool, String right, String wrong) {
            super(pool);
            this.right = right;
            this.wrong = wrong;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            arguments[0] = ((String) arguments[0]).replace(right, wrong);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
