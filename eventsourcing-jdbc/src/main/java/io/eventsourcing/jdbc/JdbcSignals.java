package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.LocalSignals;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells of appends: of this store's at once, and of other processes' where the database passes it on and there are
 * connections to listen on. Thread-safe.
 */
final class JdbcSignals implements AppendSignals {

    private final String self = UUID.randomUUID().toString();
    private final LocalSignals local = new LocalSignals();
    private final @Nullable PostgresNotifier notifier;
    private final @Nullable DataSource listenOn;
    private int registrations;
    private boolean closed;
    private @Nullable PostgresListener listener;

    /** One for all appends: a transaction keeps it once, however often it appends. */
    private final TransactionSynchronization afterCommit = new TransactionSynchronization() {
        @Override
        public void afterCompletion(int status) {
            if (status != STATUS_ROLLED_BACK) {
                appended();
            }
        }
    };

    private JdbcSignals(@Nullable DataSource notifyOn, @Nullable DataSource listenOn) {
        this.notifier = notifyOn == null ? null : new PostgresNotifier(notifyOn, self);
        this.listenOn = listenOn;
    }

    /** For a database that can't tell others. */
    static JdbcSignals local() {
        return new JdbcSignals(null, null);
    }

    /**
     * For PostgreSQL.
     *
     * @param pool what to take a connection from for a moment when there are new events
     * @param listenOn what to take a connection from for as long as somebody listens; null if there is no such thing
     */
    static JdbcSignals postgres(DataSource pool, @Nullable DataSource listenOn) {
        return new JdbcSignals(pool, listenOn);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        Registration registration = local.onAppend(signal);
        listen();
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                registration.close();
                unlisten();
            }
        };
    }

    private synchronized void listen() {
        registrations++;
        if (listener == null && listenOn != null && !closed) {
            PostgresListener started = new PostgresListener(listenOn, self, local::signal);
            started.start();
            listener = started;
        }
    }

    private synchronized void unlisten() {
        registrations--;
        if (registrations == 0 && listener != null) {
            listener.stop();
            listener = null;
        }
    }

    /** To be called when what was appended is committed. Returns at once and throws nothing. */
    void appended() {
        local.signal();
        if (notifier != null) {
            notifier.appended();
        }
    }

    /** To be called in the transaction that has appended. */
    void appendedInTransaction() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(afterCommit);
        }
    }

    /** Ends everything, registrations too, and returns soon. */
    void close() {
        PostgresListener last;
        synchronized (this) {
            closed = true;
            last = listener;
            listener = null;
        }
        if (last != null) {
            last.stop();
            last.join();
        }
        if (notifier != null) {
            notifier.close();
        }
    }
}
