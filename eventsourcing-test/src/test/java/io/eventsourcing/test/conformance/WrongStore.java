package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
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
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
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
import io.eventsourcing.store.Tenants;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A store that is right but for what a subclass spoils. */
abstract class WrongStore
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

    final MemoryEventStore right;
    private final Subscriptions subscriptions = new Subscriptions(this);

    WrongStore() {
        this(new MemoryEventStore());
    }

    WrongStore(EventStore right) {
        this.right = (MemoryEventStore) right;
    }

    @Override
    public Optional<String> tenant() {
        return right.tenant();
    }

    @Override
    public EventStore forTenant(String id) {
        return right.forTenant(id);
    }

    @Override
    public SubjectKeys subjectKeys() {
        return right.subjectKeys();
    }

    @Override
    public String description() {
        return "wrong";
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        return right.append(stream, expected, events);
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends) {
        return right.append(appends);
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
        return right.append(appends, conditions);
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return right.read(stream, options);
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return right.readAll(options);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return right.position(stream);
    }

    @Override
    public void delete(StreamName stream, ExpectedPosition expected) {
        right.delete(stream, expected);
    }

    @Override
    public void tombstone(StreamName stream, ExpectedPosition expected) {
        right.tombstone(stream, expected);
    }

    @Override
    public Stream<StreamName> streams(StreamFilter filter) {
        return right.streams(filter);
    }

    @Override
    public List<EventType> eventTypes() {
        return right.eventTypes();
    }

    @Override
    public Optional<EventType> eventType(String name) {
        return right.eventType(name);
    }

    @Override
    public SnapshotStore snapshots() {
        return right.snapshots();
    }

    @Override
    public EventSchemas schemas() {
        return right.schemas();
    }

    @Override
    public Seals seals() {
        return right.seals();
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return subscriptions.subscribe(options, listener);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        return right.onAppend(signal);
    }

    @Override
    public void close() {
        subscriptions.close();
        right.close();
    }

    /** A store whose reads show events otherwise than they are. */
    static class Distorting extends WrongStore {

        private final UnaryOperator<RecordedEvent> distortion;

        Distorting(UnaryOperator<RecordedEvent> distortion) {
            this.distortion = distortion;
        }

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return new View(right.read(stream, options), event -> true, distortion);
        }

        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(right.readAll(options), event -> true, distortion);
        }
    }

    /** Some of the events of a read, or something made of them. */
    record View(EventSequence events, Predicate<RecordedEvent> filter, UnaryOperator<RecordedEvent> distortion)
            implements EventSequence {

        @Override
        public Iterator<RecordedEvent> iterator() {
            return events.stream().filter(filter).map(distortion).iterator();
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
