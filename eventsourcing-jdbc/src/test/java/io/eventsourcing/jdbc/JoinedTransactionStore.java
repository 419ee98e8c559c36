package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.TransactionAware;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A store each of whose appends joins a transaction, one of the caller's or one that is begun for it. */
final class JoinedTransactionStore
        implements EventStore,
                ConditionalAppender,
                StreamDeleter,
                Catalogue,
                TransactionAware,
                AppendSignals,
                SnapshotSource,
                EventSchemasSource,
                SealsSource,
                Tenants {

    private final JdbcEventStore store;
    private final TransactionTemplate transaction;

    JoinedTransactionStore(JdbcEventStore store, PlatformTransactionManager manager) {
        this.store = store;
        this.transaction = new TransactionTemplate(manager);
    }

    private JoinedTransactionStore(JdbcEventStore store, TransactionTemplate transaction) {
        this.store = store;
        this.transaction = transaction;
    }

    @Override
    public Optional<String> tenant() {
        return store.tenant();
    }

    @Override
    public EventStore forTenant(String id) {
        return new JoinedTransactionStore((JdbcEventStore) store.forTenant(id), transaction);
    }

    /** An inner template would doom the caller's transaction with each conflict that the caller catches. */
    private <T> T joined(Supplier<T> append) {
        if (store.isInTransaction()) {
            return append.get();
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            assertThat(store.isInTransaction()).isTrue();
            return append.get();
        }));
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        return joined(() -> store.append(stream, expected, events));
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends) {
        return joined(() -> store.append(appends));
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
        return joined(() -> store.append(appends, conditions));
    }

    @Override
    public void delete(StreamName stream, ExpectedPosition expected) {
        joined(() -> {
            store.delete(stream, expected);
            return stream;
        });
    }

    @Override
    public void tombstone(StreamName stream, ExpectedPosition expected) {
        joined(() -> {
            store.tombstone(stream, expected);
            return stream;
        });
    }

    @Override
    public Stream<StreamName> streams(StreamFilter filter) {
        return store.streams(filter);
    }

    @Override
    public List<EventType> eventTypes() {
        return store.eventTypes();
    }

    @Override
    public Optional<EventType> eventType(String name) {
        return store.eventType(name);
    }

    @Override
    public String description() {
        return store.description();
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return store.read(stream, options);
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return store.readAll(options);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return store.position(stream);
    }

    @Override
    public boolean isInTransaction() {
        return store.isInTransaction();
    }

    @Override
    public void afterCommit(Runnable action) {
        store.afterCommit(action);
    }

    @Override
    public SnapshotStore snapshots() {
        return store.snapshots();
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return store.subscribe(options, listener);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        return store.onAppend(signal);
    }

    @Override
    public EventSchemas schemas() {
        return store.schemas();
    }

    @Override
    public Seals seals() {
        return store.seals();
    }

    @Override
    public void close() {
        store.close();
    }
}
