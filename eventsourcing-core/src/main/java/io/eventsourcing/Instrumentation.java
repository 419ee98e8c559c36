package io.eventsourcing;

import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.RecordedEvent;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stands around each save, each load, and each handling of an event by a projection, to measure them or to carry a trace
 * along. Each method calls what it is given once, on the same thread, returns what that returns and passes on what it
 * throws. Thread-safe.
 */
public interface Instrumentation {

    /** Measures nothing. */
    Instrumentation NONE = new Instrumentation() {};

    /** @param save stores the events, with this metadata besides what is said elsewhere, which wins */
    default SaveResult save(Function<Metadata, SaveResult> save) {
        return save.apply(Metadata.none());
    }

    /** @param load makes an aggregate of this class; or none, which is null in whatever stands for it */
    default <T> T load(Class<? extends Aggregate> aggregateClass, Supplier<T> load) {
        return load.get();
    }

    /** Handles an event. */
    @FunctionalInterface
    interface Handling {
        void handle() throws Throwable;
    }

    /**
     * @param event as it is stored
     * @param metadata what was said when it was saved
     */
    default void handle(String projection, RecordedEvent event, Supplier<Metadata> metadata, Handling handling)
            throws Throwable {
        handling.handle();
    }
}
