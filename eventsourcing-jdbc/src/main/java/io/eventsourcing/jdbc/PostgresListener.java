package io.eventsourcing.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Hears from other processes that there are new events. It keeps a connection for as long as it listens, and makes a new one
 * when that is lost; since it may have missed something by then, it signals each time it begins to listen. Thread-safe.
 */
final class PostgresListener {

    private static final Logger log = LoggerFactory.getLogger(PostgresListener.class);

    /** With a lock that says so: nobody is told where nobody listens. */
    static final String LISTEN = "SELECT pg_advisory_lock_shared(%d, 0); LISTEN %s"
            .formatted(PostgresSql.LISTENER_LOCK, PostgresNotifier.CHANNEL);

    /** How long nothing may come before the connection has to prove that it is alive. */
    private static final int SILENCE_MILLIS = 20_000;

    private static final int VALIDATION_SECONDS = 5;
    private static final long JOIN_MILLIS = 1_000;

    private final DataSource connections;
    private final String self;
    private final Runnable signal;
    private final ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
    private final Thread thread = new Thread(this::run, "eventsourcing-listener");
    private volatile @Nullable Connection connection;
    private volatile boolean stopped;
    private boolean reported;

    /**
     * @param connections new ones, that nobody else waits for
     * @param self the sender whose notifications are not passed on
     * @param signal called by the thread of this
     */
    PostgresListener(DataSource connections, String self, Runnable signal) {
        this.connections = connections;
        this.self = self;
        this.signal = signal;
        backOff.setMaxInterval(TimeUnit.SECONDS.toMillis(10));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        BackOffExecution pauses = backOff.start();
        while (!stopped) {
            boolean listened = false;
            try (Connection opened = connections.getConnection()) {
                connection = opened;
                PGConnection notifications = listen(opened);
                listened = true;
                reported = false;
                signal.run();
                while (!stopped) {
                    receive(opened, notifications);
                }
            } catch (SQLException | RuntimeException e) {
                pauses = listened ? backOff.start() : pauses;
                pause(pauses.nextBackOff(), e);
            }
        }
    }

    private static PGConnection listen(Connection opened) throws SQLException {
        opened.setAutoCommit(true); // within a transaction nothing would come
        try (Statement statement = opened.createStatement()) {
            statement.execute(LISTEN);
        }
        return opened.unwrap(PGConnection.class);
    }

    private void receive(Connection opened, PGConnection notifications) throws SQLException {
        PGNotification @Nullable [] received = stopped ? null : notifications.getNotifications(SILENCE_MILLIS);
        if (received == null || received.length == 0) {
            if (!stopped && !opened.isValid(VALIDATION_SECONDS)) {
                throw new SQLException("The connection doesn't answer any more");
            }
        } else if (Arrays.stream(received).anyMatch(each -> !self.equals(each.getParameter()))) {
            signal.run();
        }
    }

    private void pause(long millis, Exception e) {
        if (stopped) {
            return;
        }
        report(e);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = 1; left > 0 && !stopped; left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Once in a row: where nobody can listen, it is so for long. */
    private void report(Exception e) {
        if (reported) {
            log.debug("Listening failed again", e);
        } else {
            log.warn(
                    "Listening for the events of other processes failed. They are found by polling until it succeeds",
                    e);
        }
        reported = true;
    }

    /** Returns at once. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        Connection current = connection;
        if (current != null) {
            abort(current);
        }
    }

    /** Closing it would wait for whoever reads from it. */
    private static void abort(Connection current) {
        try {
            current.abort(Runnable::run);
        } catch (SQLException e) {
            log.debug("The connection was closed already", e);
        }
    }

    /** Waits for the thread to end, but not for long. */
    void join() {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
