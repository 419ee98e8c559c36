package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.snapshot.ProjectionSnapshots;
import io.eventsourcing.snapshot.SnapshotStatistics;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.TransactionAware;
import java.time.Clock;
import java.util.List;
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
    private final Reactions reactions;
    private final AggregateWriter writer;
    private final Repository repository;

    EventSourcing(EventSourcingBuilder builder) {
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
        this.reactions = new Reactions();
        this.writer = new AggregateWriter(store, format, clock, types, snapshots, interceptor, reactions);
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
        this.reactions = whole.reactions.forTenant(tenant);
        this.writer = new AggregateWriter(store, format, clock, types, snapshots, interceptor, reactions);
        this.repository = newRepository();
    }

    private Repository newRepository() {
        AggregateReader reader = new AggregateReader(store, format, clock, snapshots, instrumentation, reactions);
        return new Repository(this, store, types, reader, snapshots);
    }

    /** With this store and defaults for the rest. */
    public static EventSourcing of(EventStore store) {
        return builder(store).build();
    }

    public static EventSourcingBuilder builder(EventStore store) {
        return new EventSourcingBuilder(store);
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
        Cause cause = reactions.cause();
        if (cause != null) {
            return isWhole() && !cause.tenant().isEmpty() ? forTenant(cause.tenant()) : this;
        }
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
     * @param eventMetadata stored with each event; wins over what the supplier of this object gives, and over that of what
     *     {@linkplain #reactTo is reacted to}
     * @throws AggregateConflictException if one of them was saved by somebody else since it was loaded
     * @throws io.eventsourcing.mapping.EventMappingException if an argument can't be written
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store can't do it for several at once
     */
    public SaveResult save(Metadata eventMetadata, Aggregate... aggregates) {
        Metadata said = metadata.get().overriddenBy(reactions.metadata()).overriddenBy(eventMetadata);
        return current().saveAs(said, aggregates);
    }

    /** Whether it is of no tenant, and could be of any. */
    private boolean isWhole() {
        return store instanceof Tenants tenants && tenants.tenant().isEmpty();
    }

    private SaveResult saveAs(Metadata said, Aggregate... aggregates) {
        return instrumentation.save(carried -> writer.save(carried.overriddenBy(said), aggregates));
    }

    /**
     * Does something because of an event, on this thread: what is loaded and saved meanwhile by this object, and by those of
     * its tenants, is the tenant's for whom is worked, and what is saved has the metadata of the cause.
     *
     * <p>In a transaction of this store that is all. Elsewhere it may be that an earlier attempt ended nobody knows where.
     * So aggregates are loaded as they were before what this cause is yet to change in them, and events get ids that follow
     * from the cause: whoever does the same again stores nothing twice. New aggregates need a {@linkplain Cause#derivedId
     * derived id} for that.
     *
     * @throws Throwable what the work throws
     */
    public void reactTo(Cause cause, Instrumentation.Handling work) throws Throwable {
        boolean isAtomic = store instanceof TransactionAware aware && aware.isInTransaction();
        reactions.during(new Reaction(cause, !isAtomic), work);
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

    /** What stands around saves and loads: for those who do more with events. */
    public Instrumentation instrumentation() {
        return instrumentation;
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
}
