package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStoreException;
import org.jspecify.annotations.Nullable;

/** An append has more bytes than the server takes at once. Nothing was written; it can't be split without losing atomicity. */
public class AppendTooLargeException extends EventStoreException {

    AppendTooLargeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
