package io.eventsourcing.store;

import java.util.Collection;
import java.util.List;

/** No persistence module could be chosen. */
public class PersistenceModuleException extends EventStoreException {

    private final transient List<String> found;

    PersistenceModuleException(String message, Collection<String> found) {
        super(message + ". Set PERSISTENCE_MODULE (with Spring also: eventsourcing.persistence-module) to one of those"
                + " found: " + String.join(", ", found));
        this.found = List.copyOf(found);
    }

    /** The names of the modules that were found. */
    public List<String> found() {
        return found;
    }
}
