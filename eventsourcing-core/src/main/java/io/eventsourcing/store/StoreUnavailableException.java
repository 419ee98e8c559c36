package io.eventsourcing.store;

import org.jspecify.annotations.Nullable;

/** The store can't be reached, or is too busy to answer in time. Nothing was written. */
public class StoreUnavailableException extends EventStoreException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
