package io.eventsourcing.memory;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventSchemasSource;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.LocalSignals;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.SubjectKeysSource;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import io.eventsourcing.store.TenantScope;
import io.eventsourcing.store.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Keeps events in memory, for as long as this object lives. Thread-safe; one lock serialises everything. */
public final class MemoryEventStore
        implements EventStore,
                ConditionalAppender,
                StreamDeleter,
                Catalogue,
                AppendSignals,
                SubjectKeysSource,
                SnapshotSource,
                EventSchemasSource,
                SealsSource,
                Tenants {

    private final MemoryEvents events;
    private final LocalSignals signals;
    private final SubjectKeys subjectKeys;
    private final SnapshotStore snapshots;
    private final Seals seals;
    private final EventSchemas schemas;
    private final TenantScope scope;

    public MemoryEventStore() {
        this.events = new MemoryEvents();
        this.signals = new LocalSignals();
        this.subjectKeys = new MemorySubjectKeys();
        this.snapshots = new MemorySnapshots();
        this.seals = new MemorySeals();
        this.schemas = new MemoryEventSchemas();
        this.scope = TenantScope.whole(new Subscriptions(this));
    }

    private MemoryEventStore(
            MemoryEventStore whole, TenantScope scope, SubjectKeys subjectKeys, SnapshotStore snapshots) {
        this.events = whole.events;
        this.signals = whole.signals;
        this.seals = whole.seals;
        this.schemas = whole.schemas;
        this.subjectKeys = subjectKeys;
        this.snapshots = snapshots;
        this.scope = scope;
    }

    @Override
    public EventStore forTenant(String id) {
        return new MemoryEventStore(this, scope.of(id, this), subjectKeys.forTenant(id), snapshots.forTenant(id));
    }

    @Override
    public Optional<String> tenant() {
        return scope.seen();
    }

    @Override
    public String description() {
        return scope.describe("memory");
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        return append(List.of(new StreamAppend(stream, expected, events))).get(0);
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends) {
        return append(appends, List.of());
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
        StreamAppend.requireDistinctStreams(appends);
        List<AppendResult> results = events.append(scope.tenant(), appends, conditions, this::asked);
        if (results.stream().anyMatch(result -> result.commitPosition() > 0)) {
            signals.signal();
        }
        return results;
    }

    private MemoryEventStore asked() {
        return new MemoryEventStore(this, scope.asked(scope.tenant()), subjectKeys, snapshots);
    }

    private MemoryEvents.Key key(StreamName stream) {
        return new MemoryEvents.Key(scope.tenant(), stream);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return events.position(key(stream));
    }

    @Override
    public void delete(StreamName stream, ExpectedPosition expected) {
        events.delete(key(stream), expected);
    }

    @Override
    public void tombstone(StreamName stream, ExpectedPosition expected) {
        events.tombstone(key(stream), expected);
    }

    @Override
    public Stream<StreamName> streams(StreamFilter filter) {
        return events.streams(scope.tenant(), filter).stream();
    }

    @Override
    public List<EventType> eventTypes() {
        return MemoryCatalogue.eventTypes(readAll(ReadOptions.forwards()).toList(), schemas.all(), scope.isWhole());
    }

    @Override
    public Optional<EventType> eventType(String name) {
        EventType.requireName(name);
        return eventTypes().stream().filter(type -> type.name().equals(name)).findFirst();
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        MemoryEvents.Key key = key(stream);
        return PagedEvents.ofStream(options, (filter, span, count) -> events.streamPage(key, filter, span, count));
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return PagedEvents.ofAll(scope.seen(options), events::allPage);
    }

    @Override
    public OptionalLong lastPosition() {
        return scope.isWhole() ? events.last() : EventStore.super.lastPosition();
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return scope.subscribe(options, listener);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        return signals.onAppend(signal);
    }

    @Override
    public SubjectKeys subjectKeys() {
        return subjectKeys;
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    /** The same for all tenants. */
    @Override
    public EventSchemas schemas() {
        return schemas;
    }

    /** One chain for the events of all tenants. */
    @Override
    public Seals seals() {
        scope.requireWhole(SealsSource.class, this);
        return seals;
    }

    /** Ends subscriptions. The events stay, and can be read. */
    @Override
    public void close() {
        scope.close();
    }
}
