package io.eventsourcing;

import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.EventStore;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Everything that an application needs, put together: a store, the mapping of events, a clock. Thread-safe.
 *
 * <p>Closing it closes the store.
 */
public final class EventSourcing implements AutoCloseable {

    private final EventStore store;
    private final Supplier<Metadata> metadata;
    private final AggregateWriter writer;
    private final Repository repository;

    private EventSourcing(Builder builder) {
        this.store = builder.store;
        this.metadata = builder.metadata;
        AggregateTypes types = new AggregateTypes(builder.mapper);
        this.writer = new AggregateWriter(store, builder.mapper, builder.clock, types);
        this.repository = new Repository(this, store, types, new AggregateReader(store, builder.mapper, builder.clock));
    }

    /** With this store and defaults for the rest. */
    public static EventSourcing of(EventStore store) {
        return builder(store).build();
    }

    public static Builder builder(EventStore store) {
        return new Builder(store);
    }

    public EventStore store() {
        return store;
    }

    public Repository repository() {
        return repository;
    }

    /** As {@link #save(Metadata, Aggregate...)}, with no metadata but what the supplier of this object gives. */
    public SaveResult save(Aggregate... aggregates) {
        return save(Metadata.none(), aggregates);
    }

    /**
     * Stores the pending events of all of these aggregates, or of none.
     *
     * @param eventMetadata stored with each event; wins over what the supplier of this object gives
     * @throws AggregateConflictException if one of them was saved by somebody else since it was loaded
     * @throws io.eventsourcing.mapping.EventMappingException if an argument can't be written
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store can't do it for several at once
     */
    public SaveResult save(Metadata eventMetadata, Aggregate... aggregates) {
        return writer.save(metadata.get().overriddenBy(eventMetadata), aggregates);
    }

    /** Makes an application that was made without arguments use this; one that was given something else keeps it. */
    public void wire(Application application) {
        application.wire(this);
    }

    @Override
    public void close() {
        store.close();
    }

    /** What can be chosen. Not thread-safe. */
    public static final class Builder {

        private final EventStore store;
        private EventMapper mapper = new JacksonEventMapper();
        private Clock clock = Clock.systemUTC();
        private Supplier<Metadata> metadata = Metadata::none;

        private Builder(EventStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /** JSON as {@link JacksonEventMapper} writes it, if nothing else is said. */
        public Builder mapper(EventMapper eventMapper) {
            this.mapper = Objects.requireNonNull(eventMapper, "mapper");
            return this;
        }

        /** What says when events happen. */
        public Builder clock(Clock eventClock) {
            this.clock = Objects.requireNonNull(eventClock, "clock");
            return this;
        }

        /** Asked at each save, on the thread that saves, for what to store with each event. */
        public Builder metadata(Supplier<Metadata> supplier) {
            this.metadata = Objects.requireNonNull(supplier, "metadata");
            return this;
        }

        public EventSourcing build() {
            return new EventSourcing(this);
        }
    }
}
