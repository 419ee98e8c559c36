package io.eventsourcing.jdbc;

import java.sql.Connection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs writes in the caller's transaction if there is one, else in one of their own whose every failure has a name. */
final class JdbcTransactions {

    private static final String WHAT = "Appending";

    private static final TransactionDefinition EXISTING =
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY);

    private final PlatformTransactionManager manager;
    private final TransactionDefinition definition;

    /** @param isolation that connections have unless one is asked for, as {@link Connection} numbers them */
    JdbcTransactions(PlatformTransactionManager manager, int isolation) {
        this.manager = manager;
        DefaultTransactionDefinition readCommitted = new DefaultTransactionDefinition();
        readCommitted.setName("eventsourcing append");
        // what was committed while an append waited for its lock must be seen behind it; but asking costs a round trip
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            readCommitted.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        }
        this.definition = readCommitted;
    }

    /** Transactions that end for themselves, on a connection beside that of the caller's transaction if there is one. */
    static TransactionTemplate apart(PlatformTransactionManager manager) {
        TransactionTemplate apart = new TransactionTemplate(manager);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return apart;
    }

    /**
     * Whether the caller has a transaction of the store's manager. That some transaction is active says nothing: in one of
     * another data source, what is written here would be committed by nobody, or at once.
     */
    boolean isActive() {
        return present(manager).isPresent();
    }

    /** The transaction of a manager that the caller has, if there is one. */
    static Optional<TransactionStatus> present(PlatformTransactionManager manager) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            return Optional.empty();
        }
        try {
            return Optional.of(manager.getTransaction(EXISTING)); // nothing is begun, so nothing has to be ended
        } catch (IllegalTransactionStateException e) {
            return Optional.empty();
        }
    }

    /** See {@link io.eventsourcing.store.TransactionAware#afterCommit}. */
    void afterCommit(Runnable action) {
        if (!isActive() || !TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException("There is no transaction that could be committed");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED) {
                    action.run();
                }
            }
        });
    }

    /** Runs it in the caller's transaction. */
    void join(Runnable work) {
        Failures.translated(WHAT, work);
    }

    /** Runs it in a transaction of its own, and commits it. */
    void runAlone(Runnable work) {
        callAlone(() -> {
            work.run();
            return true;
        });
    }

    /** {@link #runAlone} for what has a result. */
    <T> T callAlone(Supplier<T> work) {
        TransactionStatus transaction = Failures.translated(WHAT, () -> manager.getTransaction(definition));
        T result;
        try {
            result = Failures.translated(WHAT, work);
        } catch (RuntimeException | Error e) {
            rollBack(transaction, e);
            throw e;
        }
        try {
            manager.commit(transaction);
        } catch (RuntimeException e) {
            throw Failures.commit(WHAT, e);
        }
        return result;
    }

    /** Runs it in the caller's transaction if there is one, which is then rolled back if it throws; else alone. */
    <T> T joinOrRunAlone(Supplier<T> work) {
        if (isActive()) {
            return Objects.requireNonNull(new TransactionTemplate(manager).execute(status -> work.get()));
        }
        return callAlone(work);
    }

    private void rollBack(TransactionStatus transaction, Throwable reason) {
        try {
            manager.rollback(transaction);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }
}
