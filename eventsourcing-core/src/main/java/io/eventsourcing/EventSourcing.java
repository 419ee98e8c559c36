package io.eventsourcing;

import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.PayloadValidator;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.snapshot.ProjectionSnapshots;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotSettings;
import io.eventsourcing.snapshot.SnapshotStatistics;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.SubjectKeysSource;
import io.eventsourcing.store.Tenants;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an application needs, put together: a store, the mapping of events, a clock. Thread-safe.
 *
 * <p>Closing it closes the store.
 */
public final class EventSourcing implements AutoCloseable {

    private final EventStore store;
    private final Supplier<Metadata> metadata;
    private final Clock clock;
    private final EventFormat format;
    private final EventFormat storedFormat;
    private final AggregateTypes types;
    private final @Nullable CurrentTenant currentTenant;
    private final AggregateSnapshots snapshots;
    private final AppendInterceptor interceptor;
    private final Instrumentation instrumentation;
    private final AggregateWriter writer;
    private final Repository repository;

    private EventSourcing(Builder builder) {
        this.store = builder.store;
        this.metadata = builder.metadata;
        this.clock = builder.clock;
        this.format = builder.format(builder.upcasters);
        this.storedFormat = builder.format(List.of());
        this.types = new AggregateTypes(format);
        this.currentTenant = builder.currentTenant;
        this.snapshots = builder.aggregateSnapshots(format);
        this.interceptor = builder.interceptor;
        this.instrumentation = builder.instrumentation;
        this.writer = new AggregateWriter(store, format, clock, types, snapshots, interceptor);
        this.repository = newRepository();
    }

    private EventSourcing(EventSourcing whole, String tenant) {
        this.store = whole.store.require(Tenants.class).forTenant(tenant);
        this.metadata = whole.metadata;
        this.clock = whole.clock;
        this.format = whole.format.forTenant(tenant);
        this.storedFormat = whole.storedFormat.forTenant(tenant);
        this.types = whole.types;
        this.currentTenant = null;
        this.snapshots = whole.snapshots.forTenant(tenant, store, format);
        this.interceptor = whole.interceptor;
        this.instrumentation = whole.instrumentation;
        this.writer = new AggregateWriter(store, format, clock, types, snapshots, interceptor);
        this.repository = newRepository();
    }

    private Repository newRepository() {
        AggregateReader reader = new AggregateReader(store, format, clock, snapshots, instrumentation);
        return new Repository(this, store, types, reader, snapshots);
    }

    /** With this store and defaults for the rest. */
    public static EventSourcing of(EventStore store) {
        return builder(store).build();
    }

    public static Builder builder(EventStore store) {
        return new Builder(store);
    }

    /**
     * The same for one tenant: its repository finds the tenant's aggregates alone, what is saved is the tenant's, and so are
     * the subjects that are forgotten. It costs little to make. Closing it closes the {@linkplain Tenants#forTenant tenant's
     * store}, and not this.
     *
     * @param id as {@link Tenants#forTenant} wants it
     * @throws IllegalArgumentException if the id breaks one of the rules; the message says which
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store can't keep tenants apart, is the store of a
     *     tenant already, or the keys of subjects can't be kept by tenant
     */
    public EventSourcing forTenant(String id) {
        return new EventSourcing(this, id);
    }

    /** The whole store, whatever the current tenant is. */
    public EventStore store() {
        return store;
    }

    /** Of the current tenant, if this object was given somebody to ask for it: ask for the repository in each call. */
    public Repository repository() {
        return current().repository;
    }

    private EventSourcing current() {
        if (currentTenant == null) {
            return this;
        }
        String id = currentTenant.id();
        if (id == null || id.isEmpty()) {
            throw new IllegalStateException("Nothing says for which tenant this is: the "
                    + CurrentTenant.class.getSimpleName()
                    + " has no id. Set it before, where the request is taken in, or"
                    + " use forTenant(id)");
        }
        return forTenant(id);
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
        return current().saveAs(metadata.get().overriddenBy(eventMetadata), aggregates);
    }

    private SaveResult saveAs(Metadata said, Aggregate... aggregates) {
        return instrumentation.save(carried -> writer.save(carried.overriddenBy(said), aggregates));
    }

    /**
     * What a stored event says today: mostly one event; none if an upcaster drops it, or all of it was forgotten; several if
     * an upcaster splits it. For those who read the store or subscribe to it: its payload is plain JSON, whatever is stored.
     * The type is the one that was stored, unless an upcaster renames it.
     *
     * @throws io.eventsourcing.mapping.EventMappingException if it can't be read; the message shows no payload
     */
    public List<RecordedEvent> read(RecordedEvent event) {
        return format.read(event);
    }

    /** What becomes of payloads between the code and the store: for those who read events that aren't theirs. */
    public EventFormat format() {
        return format;
    }

    /**
     * What a stored event has said in its own revision: its payload is plain JSON, whatever is stored, and no upcaster has
     * seen it. Empty if all of it was forgotten.
     *
     * @throws io.eventsourcing.mapping.EventMappingException if it can't be read; the message shows no payload
     */
    public Optional<RecordedEvent> readAsStored(RecordedEvent event) {
        return storedFormat.read(event).stream().findFirst();
    }

    /** The revision of the payload of a stored event. */
    public int revision(RecordedEvent event) {
        return storedFormat.revision(event);
    }

    /**
     * Schemas of all events that an aggregate class has today, made of its methods, constructors and records. Each accepts
     * whatever is written for its event.
     *
     * @throws AggregateDefinitionException if the class isn't right
     * @throws UnsupportedOperationException if the mapper makes no schemas
     */
    public List<EventSchema> schemas(Class<? extends Aggregate> aggregateClass) {
        return types.of(aggregateClass).events().stream()
                .map(event -> format.schema(event.shape()))
                .toList();
    }

    /**
     * Makes all personal data of a subject unreadable, in every event, wherever it was copied, by deleting the subject's
     * key. This is done for good when it returns, whatever becomes of a transaction of the caller's. Other processes may
     * know the key for a minute more. Forgetting a subject twice, or one that never was, does nothing. What is stored of it
     * afterwards gets another key.
     *
     * <p>No snapshot holds personal data: none is taken of aggregates that have some.
     *
     * <p>What was made of the events while they could be read, such as the tables of a projection, is for whoever made it to
     * delete.
     *
     * @param subject what {@link Personal#subject} gave; for the aggregate itself, its id as text
     * @throws io.eventsourcing.mapping.EventMappingException if there is no {@code CIPHER_KEY}, or the store keeps no keys of
     *     subjects
     */
    public void forget(String subject) {
        current().format.forget(subject);
    }

    /** What has become of snapshots of aggregates. Asks nobody, so that it can be asked often. */
    public SnapshotStatistics snapshotStatistics() {
        return snapshots.statistics();
    }

    /** Waits until all snapshots that are due are stored, or have failed; for 5 seconds at most. */
    public void awaitSnapshots() {
        snapshots.await();
    }

    /**
     * Keeps snapshots of what a projection has made of all events, beside the events.
     *
     * @param name of the projection
     * @param stateClass what it has made: a record, or a class that fields of events could be of
     * @throws io.eventsourcing.mapping.EventMappingException if state of this class couldn't be read again
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store keeps no snapshots
     */
    public <S> ProjectionSnapshots<S> projectionSnapshots(String name, Class<S> stateClass) {
        return projectionSnapshots(
                name, stateClass, store.require(SnapshotSource.class).snapshots());
    }

    /** The same, kept elsewhere. */
    public <S> ProjectionSnapshots<S> projectionSnapshots(String name, Class<S> stateClass, SnapshotStore elsewhere) {
        return new ProjectionSnapshots<>(name, stateClass, store, elsewhere, format.ofState(), clock);
    }

    /** Makes an application that was made without arguments use this; one that was given something else keeps it. */
    public void wire(Application application) {
        application.wire(this);
    }

    @Override
    public void close() {
        awaitSnapshots();
        store.close();
    }

    /** What can be chosen. Not thread-safe. */
    public static final class Builder {

        private final EventStore store;
        private EventMapper mapper = new JacksonEventMapper();
        private Clock clock = Clock.systemUTC();
        private Supplier<Metadata> metadata = Metadata::none;
        private Collection<? extends Upcaster> upcasters = List.of();
        private Compression compression = Compression.NONE;
        private CipherKeys cipherKeys = CipherKeys.none();
        private @Nullable SubjectKeys subjectKeys;
        private @Nullable CurrentTenant currentTenant;
        private AppendInterceptor interceptor = (target, appends, append) -> append.get();
        private Instrumentation instrumentation = Instrumentation.NONE;
        private PayloadValidator validator = (type, revision, json) -> {};

        private @Nullable SnapshotOptions snapshots;
        private int cacheSize;

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

        /** What is done around the append of each save. */
        public Builder interceptor(AppendInterceptor appendInterceptor) {
            this.interceptor = Objects.requireNonNull(appendInterceptor, "interceptor");
            return this;
        }

        /** What stands around saves and loads. {@link Instrumentation#NONE} if nothing is said. */
        public Builder instrumentation(Instrumentation measuring) {
            this.instrumentation = Objects.requireNonNull(measuring, "instrumentation");
            return this;
        }

        /** What leads stored events to their revisions of today; the order doesn't matter. */
        public Builder upcasters(Upcaster... steps) {
            return upcasters(List.of(steps));
        }

        /** What leads stored events to their revisions of today; the order doesn't matter. */
        public Builder upcasters(Collection<? extends Upcaster> steps) {
            this.upcasters = List.copyOf(steps);
            return this;
        }

        /** {@link Compression#NONE} if nothing else is said. */
        public Builder compression(Compression chosen) {
            this.compression = Objects.requireNonNull(chosen, "compression");
            return this;
        }

        /** Without any, payloads are stored as they are, and there can be no personal data. */
        public Builder cipherKeys(CipherKeys keys) {
            this.cipherKeys = Objects.requireNonNull(keys, "cipherKeys");
            return this;
        }

        /** Where the keys of subjects are kept. Without it, in the store, if that is a {@link SubjectKeysSource}. */
        public Builder subjectKeys(SubjectKeys keys) {
            this.subjectKeys = Objects.requireNonNull(keys, "subjectKeys");
            return this;
        }

        /** Takes snapshots of aggregates, and makes aggregates of them. Without it, all of their events are read. */
        public Builder snapshots(SnapshotOptions options) {
            this.snapshots = Objects.requireNonNull(options, "snapshots");
            return this;
        }

        /**
         * Who says for which tenant something is loaded, saved or forgotten. Without it, that is the default tenant.
         *
         * <p>An aggregate belongs to the tenant for which it was loaded or made: who changes the current tenant between
         * loading and saving is refused by a conflict at best.
         */
        public Builder currentTenant(CurrentTenant tenant) {
            this.currentTenant = Objects.requireNonNull(tenant, "currentTenant");
            return this;
        }

        /**
         * Keeps the state of so many aggregates in memory, the most used ones, and reads what has happened to them since.
         * It needs {@code com.github.ben-manes.caffeine:caffeine} on the class path.
         *
         * @param aggregates 0 for none, which is so if nothing is said
         */
        public Builder cacheSize(int aggregates) {
            if (aggregates < 0) {
                throw new IllegalArgumentException("A repository keeps 0 or more aggregates, not " + aggregates);
            }
            this.cacheSize = aggregates;
            return this;
        }

        /**
         * What {@code CIPHER_KEY}, {@code COMPRESSOR}, {@code REPOSITORY_CACHE_SIZE} and the {@linkplain SnapshotSettings settings of
         * snapshots} say, where they say something.
         *
         * @throws IllegalArgumentException if one of them is wrong; the message names it
         */
        public Builder settings(Settings settings) {
            settings.find(CipherKeys.SETTING).map(CipherKeys::of).ifPresent(this::cipherKeys);
            settings.find(Compression.SETTING).map(Compression::of).ifPresent(this::compression);
            SnapshotSettings.options(settings).ifPresent(this::snapshots);
            SnapshotSettings.cacheSize(settings).ifPresent(this::cacheSize);
            return this;
        }

        /** What looks at payloads before they are stored. Without it, all are accepted. */
        public Builder validator(PayloadValidator payloadValidator) {
            this.validator = Objects.requireNonNull(payloadValidator, "validator");
            return this;
        }

        private AggregateSnapshots aggregateSnapshots(EventFormat format) {
            SnapshotStore where = snapshots == null
                    ? null
                    : snapshots
                            .store()
                            .orElseGet(() -> store.require(SnapshotSource.class).snapshots());
            return new AggregateSnapshots(store, format, clock, snapshots, where, cacheSize);
        }

        private EventFormat format(Collection<? extends Upcaster> steps) {
            SubjectKeys keys = subjectKeys == null && store instanceof SubjectKeysSource source
                    ? source.subjectKeys()
                    : subjectKeys;
            return EventFormat.builder(mapper)
                    .upcasters(steps)
                    .validator(validator)
                    .compression(compression)
                    .cipherKeys(cipherKeys)
                    .subjectKeys(keys)
                    .build();
        }

        /**
         * @throws io.eventsourcing.mapping.UpcasterException if upcasters contradict each other, or leave a gap
         * @throws IllegalStateException if the library for the compression, or for the cache, isn't there
         * @throws io.eventsourcing.store.UnsupportedByStoreException if the store keeps no snapshots, and is to
         */
        public EventSourcing build() {
            return new EventSourcing(this);
        }
    }
}
