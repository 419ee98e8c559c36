package io.eventsourcing;

import io.eventsourcing.mapping.Metadata;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stands around each save and each load, to measure them or to carry a trace along. Each method calls what it is given once, on
 * the same thread, returns what that returns and passes on what it throws. Thread-safe.
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
}
