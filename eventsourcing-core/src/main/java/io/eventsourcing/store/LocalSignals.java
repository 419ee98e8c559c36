package io.eventsourcing.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals within this JVM, for backends. Giving one costs a volatile read when nobody wants it. Thread-safe. */
public final class LocalSignals implements AppendSignals {

    private static final Logger log = LoggerFactory.getLogger(LocalSignals.class);

    /** With an identity of its own: somebody may register one object twice. */
    private record Receiver(Runnable signal, Object identity) {}

    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

    @Override
    public Registration onAppend(Runnable signal) {
        Receiver receiver = new Receiver(signal, new Object());
        receivers.add(receiver);
        return () -> receivers.remove(receiver);
    }

    /** Tells all of them. To be called when what was appended can be read. Throws nothing: the append has succeeded. */
    public void signal() {
        for (Receiver receiver : receivers) {
            try {
                receiver.signal().run();
            } catch (RuntimeException e) {
                log.warn("Somebody who was told of an append failed", e);
            }
        }
    }
}
