package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.StoreUnavailableException;
import io.kurrent.dbclient.KurrentDBClient;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one client of a store at a time: there is another when one has died. Thread-safe. */
final class ClientHolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClientHolder.class);
    private static final long CLOSE_SECONDS = 5;

    private final ClientFactory factory;
    private final CallWatch watch;
    private @Nullable KurrentDBClient client;
    private Optional<InetSocketAddress> leader = Optional.empty();
    private boolean closed;
    private long replaced;

    ClientHolder(ClientFactory factory) {
        this.factory = factory;
        this.watch = new CallWatch("The server at " + factory.address());
    }

    ConnectionString address() {
        return factory.address();
    }

    /** Sees the calls of all clients. */
    CallWatch watch() {
        return watch;
    }

    /** The client to call now. */
    synchronized KurrentDBClient current() {
        if (closed) {
            throw new StoreUnavailableException("The store is closed", null);
        }
        if (client == null) {
            client = factory.create(watch, leader);
        }
        return client;
    }

    /**
     * Forgets a client that can't reach the server and doesn't find out by itself, if nobody has done so before. The next
     * call makes another.
     *
     * @param elsewhere where the leader is, if the client can't know
     */
    synchronized void replace(KurrentDBClient useless, Optional<InetSocketAddress> elsewhere) {
        if (client == useless) {
            log.debug("Connecting to {} anew", address());
            client = null;
            replaced++;
            leader = address().isSingleNode() ? elsewhere : Optional.empty();
            useless.shutdown();
        }
    }

    /** How many clients were replaced. */
    synchronized long replaced() {
        return replaced;
    }

    @Override
    public void close() {
        KurrentDBClient last;
        synchronized (this) {
            closed = true;
            last = client;
            client = null;
        }
        if (last != null) {
            shutDown(last);
        }
    }

    private static void shutDown(KurrentDBClient client) {
        try {
            client.shutdown().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The client goes on closing by itself", e);
        }
    }
}
