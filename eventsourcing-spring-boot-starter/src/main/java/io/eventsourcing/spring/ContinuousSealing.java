package io.eventsourcing.spring;

import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.store.Subscription;

/** Seals events as they come, for as long as the application runs. */
record ContinuousSealing(Subscription subscription) implements AutoCloseable {

    static ContinuousSealing of(Integrity integrity) {
        return new ContinuousSealing(integrity.sealContinuously());
    }

    @Override
    public void close() {
        subscription.close();
    }
}
