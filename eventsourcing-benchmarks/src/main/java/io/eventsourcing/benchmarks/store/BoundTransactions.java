package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.jdbc.ConnectionWrapperFactory.NoOpCloseHandler;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Gives Axon what Spring would give it: a connection of the pool that is bound to the thread for as long as its transaction
 * lasts; without a transaction, one that commits by itself. Thread-safe.
 */
final class BoundTransactions implements TransactionManager, ConnectionProvider {

    private final HikariDataSource pool;
    private final ThreadLocal<Connection> bound = new ThreadLocal<>();

    BoundTransactions(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = bound.get();
        return connection == null
                ? pool.getConnection()
                : ConnectionWrapperFactory.wrap(connection, new NoOpCloseHandler());
    }

    @Override
    public Transaction startTransaction() {
        try {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            bound.set(connection);
            return new BoundTransaction(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class BoundTransaction implements Transaction {
        private final Connection connection;

        BoundTransaction(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void commit() {
            end(Connection::commit);
        }

        @Override
        public void rollback() {
            end(Connection::rollback);
        }

        private void end(Ending ending) {
            bound.remove();
            try (connection) {
                ending.end(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @FunctionalInterface
    private interface Ending {
        void end(Connection connection) throws SQLException;
    }
}
