package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.LocalSignals;
import java.util.concurrent.atomic.AtomicBoolean;

/** Those who want to hear of appends. While there are any, the server is listened to. Thread-safe. */
final class Signals implements AppendSignals, AutoCloseable {

    private final LocalSignals local = new LocalSignals();
    private final ServerSignals server;
    private int registrations;
    private volatile boolean closed;

    Signals(ClientHolder clients, ServerNames names) {
        this.server = new ServerSignals(clients, names, this::fire);
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
        if (!closed) {
            server.start();
        }
    }

    private synchronized void unlisten() {
        registrations--;
        if (registrations == 0) {
            server.stop();
        }
    }

    /** Tells all of them. */
    void fire() {
        if (!closed) {
            local.signal();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        server.close();
    }
}
