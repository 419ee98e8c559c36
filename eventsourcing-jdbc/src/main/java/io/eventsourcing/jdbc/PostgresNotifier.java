package io.eventsourcing.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes that there are new events, if any listen: at once if none were told of lately, else when a pause is
 * over. It has a
 * thread and transactions of its own for it, since a transaction that notifies takes a lock of the whole server when it
 * commits. Thread-safe.
 */
final class PostgresNotifier {

    static final String CHANNEL = "eventsourcing_appended";

    private static final Logger log = LoggerFactory.getLogger(PostgresNotifier.class);

    /**
     * A row if somebody listens. Whoever notifies has something to commit, and would wait until it is on disk.
     */
    private static final String NOTIFY = """
            SELECT set_config('synchronous_commit', 'off', true), pg_notify('%s', ?)
            WHERE EXISTS (SELECT FROM pg_locks
                          WHERE locktype = 'advisory' AND classid = %d AND objsubid = 2 AND granted
                              AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))""".formatted(CHANNEL, PostgresSql.LISTENER_LOCK);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** As long as nobody listens. Whoever begins to, finds what is new by polling until then. */
    private static final long LONG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long JOIN_MILLIS = 1_000;

    private final DataSource dataSource;
    private final String sender;
    private volatile @Nullable Thread thread;
    private volatile boolean due;
    private volatile boolean idle;
    private volatile boolean closed;

    /** @param sender what notifications say of whom they come from */
    PostgresNotifier(DataSource dataSource, String sender) {
        this.dataSource = dataSource;
        this.sender = sender;
    }

    /** To be called when what was appended is committed. Returns at once. */
    void appended() {
        if (due) {
            return;
        }
        due = true;
        Thread current = thread;
        if (current == null) {
            start();
        } else if (idle) {
            LockSupport.unpark(current);
        }
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            Thread started = new Thread(this::run, "eventsourcing-notifier");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    private void run() {
        while (due || !closed) {
            if (due) {
                due = false;
                pause(notifyOthers() ? PAUSE_NANOS : LONG_PAUSE_NANOS);
            } else {
                awaitAppend();
            }
        }
    }

    private void awaitAppend() {
        idle = true; // before the last look: who appends behind it sees it
        if (!due && !closed) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Whether anybody was told. */
    private boolean notifyOthers() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
            statement.setString(1, sender);
            boolean told = isAnyRow(statement);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return told;
        } catch (SQLException | RuntimeException e) {
            log.debug("Other processes were not notified, and find new events by polling", e);
            return false;
        }
    }

    private static boolean isAnyRow(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    /** Sends what is due, and ends. */
    synchronized void close() {
        closed = true;
        Thread current = thread;
        if (current == null) {
            return;
        }
        LockSupport.unpark(current);
        try {
            current.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
