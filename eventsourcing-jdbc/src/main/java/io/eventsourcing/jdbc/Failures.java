package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.StoreUnavailableException;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

/** Says of a failure of the database what it means for whoever called the store. */
final class Failures {

    private Failures() {}

    /** Runs something that has not committed anything yet. */
    static <T> T translated(String what, Supplier<T> step) {
        try {
            return step.get();
        } catch (DataAccessException | TransactionException e) {
            throw uncommitted(what, e);
        }
    }

    static void translated(String what, Runnable step) {
        translated(what, () -> {
            step.run();
            return what;
        });
    }

    /** Something that failed before anything was committed. */
    static EventStoreException uncommitted(String what, RuntimeException e) {
        if (e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof CannotCreateTransactionException) {
            return new StoreUnavailableException(what + " failed: the database can't be reached or is too busy", e);
        }
        if (e instanceof BadSqlGrammarException) {
            return new EventStoreException(
                    what + " failed: are the tables of the store there, and may this user use them?", e);
        }
        return new EventStoreException(what + " failed", e);
    }

    /** A commit that failed: rolled back if the database said so, else nobody knows. */
    static EventStoreException commit(String what, RuntimeException e) {
        if (e instanceof DataIntegrityViolationException || e instanceof TransientDataAccessException) {
            return uncommitted(what, e);
        }
        return new AppendOutcomeUnknownException(
                what + " may or may not have been committed: the connection was lost. Repeat the same append", e);
    }
}
