package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * The two ways to write: in the caller's transaction if there is one, else together with whoever comes at the same time. Who
 * needs a stream that somebody else holds waits for it apart from those who don't.
 */
final class JdbcAppends {

    private static final Logger log = LoggerFactory.getLogger(JdbcAppends.class);

    private static final String WHAT = "Appending";

    private final JdbcTransactions transactions;
    private final EventWrites writes;
    private final JdbcSignals signals;
    private final Lanes together;
    private final GroupCommit patiently;

    /** @param lanes how many batches are written at a time at most */
    JdbcAppends(JdbcTransactions transactions, EventWrites writes, JdbcSignals signals, Duration timeout, int lanes) {
        this.transactions = transactions;
        this.writes = writes;
        this.signals = signals;
        this.together = new Lanes(lanes, this::writeTogether, timeout);
        this.patiently = new GroupCommit(batch -> batch.forEach(this::writePatiently), timeout);
    }

    List<AppendResult> append(String tenant, List<StreamAppend> appends, List<AppendCondition> conditions) {
        AppendRequest request = new AppendRequest(tenant, appends, conditions);
        if (transactions.isActive()) {
            join(request);
        } else {
            if (!request.needsToBeAlone()) { // else it would hold up all others
                together.append(request);
            }
            if (request.isOpen()) {
                patiently.append(request);
            }
        }
        return request.outcome();
    }

    private void join(AppendRequest request) {
        try {
            transactions.join(() -> writes.write(List.of(request), true));
            if (request.mayHaveWritten()) {
                signals.appendedInTransaction();
            }
        } catch (StaleSnapshotException e) {
            throw conflict(request, e);
        }
    }

    private void writeTogether(List<AppendRequest> batch) {
        writeAtOnce(batch);
        List<AppendRequest> open = batch.stream().filter(AppendRequest::isOpen).toList();
        if (!open.isEmpty()) {
            writeInTransaction(open, false);
        }
        signal(batch);
    }

    private void writePatiently(AppendRequest request) {
        writeInTransaction(List.of(request), true);
        signal(List.of(request));
    }

    private void signal(List<AppendRequest> batch) {
        if (batch.stream().anyMatch(AppendRequest::mayHaveWritten)) {
            signals.appended();
        }
    }

    /** What it can't write, or the database refuses, is left to be written, and explained, in a transaction. */
    private void writeAtOnce(List<AppendRequest> batch) {
        try {
            writes.writeAtOnce(batch);
        } catch (CannotGetJdbcConnectionException e) {
            batch.forEach(request -> request.fail(Failures.uncommitted(WHAT, e)));
        } catch (DataAccessResourceFailureException | RecoverableDataAccessException e) {
            batch.forEach(request -> request.fail(Failures.commit(WHAT, e)));
        } catch (DataAccessException e) {
            log.debug("{} at once was refused", WHAT, e);
        }
    }

    private void writeInTransaction(List<AppendRequest> batch, boolean waits) {
        try {
            writes.committed(transactions.callAlone(() -> writes.write(batch, waits)));
        } catch (AppendOutcomeUnknownException | StoreUnavailableException e) {
            batch.forEach(request -> request.fail(e));
        } catch (RuntimeException e) {
            writeOneByOne(batch, waits, e);
        }
    }

    /** One of them can't be written, and nobody says which; it must not take the others with it. */
    private void writeOneByOne(List<AppendRequest> batch, boolean waits, RuntimeException e) {
        batch.forEach(AppendRequest::reopen);
        if (batch.size() > 1) {
            batch.forEach(request -> writeInTransaction(List.of(request), waits));
        } else {
            batch.forEach(request -> request.fail(failure(request, e)));
        }
    }

    private static EventStoreException failure(AppendRequest request, RuntimeException e) {
        if (e instanceof StaleSnapshotException stale) {
            return conflict(request, stale);
        }
        return e instanceof EventStoreException failure ? failure : new EventStoreException("Appending failed", e);
    }

    /** Whom it lost to can't be seen, so all that is known of the stream is that the next position is taken. */
    private static VersionConflictException conflict(AppendRequest request, StaleSnapshotException e) {
        StreamAppend append = request.appends().get(0);
        StreamPosition atLeast = append.expected() instanceof ExpectedPosition.Exactly exactly
                ? StreamPosition.of(exactly.position() + 1)
                : StreamPosition.of(0);
        VersionConflictException conflict = new VersionConflictException(append.stream(), append.expected(), atLeast);
        conflict.initCause(e);
        return conflict;
    }

    AppendStatistics statistics() {
        return together.statistics().plus(patiently.statistics());
    }

    /** Returns when everything that was begun is written. */
    void close() {
        together.close();
        patiently.close();
    }
}
