package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendSignals;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to hear of appends. While there are any, the server is listened to. Thread-safe. */
final class Signals implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Signals.class);

    private final List<Registered> registered = new CopyOnWriteArrayList<>();
    private final ServerSignals server;
    private boolean closed;

    Signals(ClientHolder clients, ServerNames names) {
        this.server = new ServerSignals(clients, names, this::fire);
    }

    synchronized AppendSignals.Registration register(Runnable signal) {
        Registered registration = new Registered(signal);
        if (!closed) {
            registered.add(registration);
            server.start();
        }
        return registration;
    }

    private synchronized void remove(Registered registration) {
        if (registered.remove(registration) && registered.isEmpty()) {
            server.stop();
        }
    }

    /** Tells all of them. */
    void fire() {
        registered.forEach(Registered::fire);
    }

    @Override
    public synchronized void close() {
        closed = true;
        registered.clear();
        server.close();
    }

    private final class Registered implements AppendSignals.Registration {

        private final Runnable signal;

        Registered(Runnable signal) {
            this.signal = signal;
        }

        /** What it throws neither fails an append nor ends the subscription that the others live on too. */
        void fire() {
            try {
                signal.run();
            } catch (RuntimeException e) {
                log.warn("A listener for appends failed", e);
            }
        }

        @Override
        public void close() {
            remove(this);
        }
    }
}
