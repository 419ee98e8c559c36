package io.eventsourcing.integrity;

import io.eventsourcing.store.EventStoreException;

/** A store isn't as it was when it was sealed. */
public class IntegrityException extends EventStoreException {

    private final transient Breach breach;

    public IntegrityException(Breach breach) {
        super(breach.message());
        this.breach = breach;
    }

    public Breach breach() {
        return breach;
    }
}
