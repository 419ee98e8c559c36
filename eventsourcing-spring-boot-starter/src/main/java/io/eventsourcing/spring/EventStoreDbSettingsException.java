package io.eventsourcing.spring;

import io.eventsourcing.store.EventStoreException;
import org.jspecify.annotations.Nullable;

/** The eventstoredb module was chosen, and can't be opened with what is set; the message says what is wrong with it. */
final class EventStoreDbSettingsException extends EventStoreException {

    EventStoreDbSettingsException(String message, @Nullable Exception cause) {
        super(message, cause);
    }
}
