package io.eventsourcing;

import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModules;
import io.eventsourcing.store.Settings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a subclass are what a program can do: they get aggregates from the {@link #repository()}, call their
 * commands and {@link #save} them.
 *
 * <p>As a Spring bean it is wired by the starter. Elsewhere, {@code new TrainingSchool()} opens the store that the setting
 * {@code PERSISTENCE_MODULE} names, {@code memory} if there is none, when it is first needed. Settings come from {@link
 * #defaults()}, then from the environment, then from the map given to the constructor; the later wins. Each is looked up
 * with the application's name before it ({@code TRAININGSCHOOL_PERSISTENCE_MODULE}), then alone. {@code CIPHER_KEY} and
 * {@code COMPRESSOR} encrypt and compress what is stored; {@link io.eventsourcing.snapshot.SnapshotSettings} has those about
 * snapshots.
 *
 * <p>Thread-safe. Methods are not final, so that a proxy can stand in for it.
 */
public abstract class Application implements AutoCloseable {

    private final Map<String, String> settings;
    private @Nullable EventSourcing eventSourcing;
    private boolean owned;
    private boolean closed;

    /** Configured by {@link #defaults()} and the environment, or by Spring. */
    protected Application() {
        this(Map.of());
    }

    /** @param settings win over the environment */
    protected Application(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** Uses what it is given, and leaves it open. */
    protected Application(EventSourcing eventSourcing) {
        this.settings = Map.of();
        this.eventSourcing = eventSourcing;
    }

    /** The application's name, which settings for it alone start with: the simple name of the class. */
    public String name() {
        return getClass().getSimpleName();
    }

    /** Settings that the environment may override. */
    protected Map<String, String> defaults() {
        return Map.of();
    }

    /** What leads stored events to their revisions of today. With Spring, these are beans instead. */
    protected Collection<Upcaster> upcasters() {
        return List.of();
    }

    public Repository repository() {
        return eventSourcing().repository();
    }

    /**
     * Stores the pending events of all of these aggregates, or of none. See {@link EventSourcing#save(Metadata,
     * Aggregate...)}, also for the exceptions.
     *
     * @return what was stored
     */
    public SaveResult save(Aggregate... aggregates) {
        return eventSourcing().save(aggregates);
    }

    /** The same, with metadata for each event. */
    public SaveResult save(Metadata metadata, Aggregate... aggregates) {
        return eventSourcing().save(metadata, aggregates);
    }

    /** Makes all personal data of a subject unreadable, for good. See {@link EventSourcing#forget}. */
    public void forget(String subject) {
        eventSourcing().forget(subject);
    }

    /** Closes the store if this object has opened it. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (owned && !closed && eventSourcing != null) {
            eventSourcing.close();
        }
        closed = true;
    }

    synchronized void wire(EventSourcing given) {
        if (eventSourcing == null && settings.isEmpty()) {
            eventSourcing = given;
        }
    }

    private synchronized EventSourcing eventSourcing() {
        if (closed) {
            throw new IllegalStateException(name() + " is closed");
        }
        if (eventSourcing == null) {
            eventSourcing = open();
            owned = true;
        }
        return eventSourcing;
    }

    private EventSourcing open() {
        Settings merged = Settings.of(defaults())
                .overriddenBy(System.getenv())
                .overriddenBy(settings)
                .forApplication(name());
        Optional<String> module = merged.find(PersistenceModules.SETTING).or(() -> Optional.of("memory"));
        EventStore store = PersistenceModules.onClassPath().choose(module).open(merged);
        try {
            return EventSourcing.builder(store)
                    .upcasters(upcasters())
                    .settings(merged)
                    .build();
        } catch (RuntimeException e) {
            store.close(); // nobody else would
            throw e;
        }
    }
}
