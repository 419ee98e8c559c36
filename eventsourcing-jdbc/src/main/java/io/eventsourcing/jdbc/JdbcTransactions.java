package io.eventsourcing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs writes in the caller's transaction if there is one, else in one of their own whose every failure has a name. */
final class JdbcTransactions {

    private static final String WHAT = "Appending";

    private final DataSource dataSource;
    private final PlatformTransactionManager manager;
    private final TransactionDefinition definition;

    JdbcTransactions(DataSource dataSource, PlatformTransactionManager manager) {
        this.dataSource =
                dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                        ? proxy.getTargetDataSource()
                        : dataSource;
        this.manager = manager;
        DefaultTransactionDefinition readCommitted = new DefaultTransactionDefinition();
        readCommitted.setName("eventsourcing append");
        // what was committed while an append waited for its lock must be seen behind it
        readCommitted.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.definition = readCommitted;
    }

    /** Whether the caller has a transaction of this data source; one of another's can't be joined. */
    boolean isActive() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.hasResource(dataSource)
                && Failures.translated(WHAT, this::isBoundConnectionInTransaction);
    }

    /** A connection can be bound for as long as the transaction of another data source lasts, and commit by itself. */
    private boolean isBoundConnectionInTransaction() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return !connection.getAutoCommit();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The connection of the transaction is lost", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Runs it in the caller's transaction. */
    void join(Runnable work) {
        Failures.translated(WHAT, work);
    }

    /** Runs it in a transaction of its own, and commits it. */
    void runAlone(Runnable work) {
        TransactionStatus transaction = Failures.translated(WHAT, () -> manager.getTransaction(definition));
        try {
            Failures.translated(WHAT, work);
        } catch (RuntimeException | Error e) {
            rollBack(transaction, e);
            throw e;
        }
        try {
            manager.commit(transaction);
        } catch (RuntimeException e) {
            throw Failures.commit(WHAT, e);
        }
    }

    private void rollBack(TransactionStatus transaction, Throwable reason) {
        try {
            manager.rollback(transaction);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
