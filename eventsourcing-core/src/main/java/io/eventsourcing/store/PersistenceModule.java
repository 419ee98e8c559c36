package io.eventsourcing.store;

/**
 * A backend, found by its name: the value of {@code eventsourcing.persistence-module} or {@code PERSISTENCE_MODULE}.
 * Without Spring the modules on the class path are found with {@link java.util.ServiceLoader}; with Spring, a bean of
 * this type comes first.
 */
public interface PersistenceModule {

    /** Lower case, such as {@code jdbc}. */
    String name();

    /**
     * Opens a store. The caller closes it.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
     * @throws StoreUnavailableException if what the settings name can't be reached
     */
    EventStore open(Settings settings);
}
