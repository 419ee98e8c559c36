package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventSchemasSource;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.FilteredReader;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.PagedNames;
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
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.TransactionRunner;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Keeps events in a relational database. An append joins the transaction of the calling thread, if it is one of this
 * store's transaction manager; else it has one of its own. A read holds a connection only while it fetches a page.
 * Thread-safe.
 *
 * <p>On PostgreSQL, all events can't be read in a transaction of isolation {@code REPEATABLE READ} or {@code SERIALIZABLE},
 * nor on a standby: both would skip events, and are refused.
 */
public final class JdbcEventStore
        implements EventStore,
                ConditionalAppender,
                StreamDeleter,
                Catalogue,
                TransactionAware,
                TransactionRunner,
                AppendSignals,
                FilteredReader,
                SubjectKeysSource,
                SnapshotSource,
                EventSchemasSource,
                SealsSource,
                Tenants {

    /** How long an append may wait for those before it. */
    private static final Duration APPEND_TIMEOUT = Duration.ofSeconds(30);

    private final String description;
    private final JdbcTransactions transactions;
    private final EventReads reads;
    private final MatchingReads matching;
    private final JdbcAppends appends;
    private final StreamDeletions deletions;
    private final JdbcCatalogue catalogue;
    private final JdbcSignals signals;
    private final SubjectKeys subjectKeys;
    private final SnapshotStore snapshots;
    private final Seals seals;
    private final EventSchemas schemas;
    private final TenantScope scope;
    private final Runnable onClose;

    JdbcEventStore(
            JdbcEventStoreBuilder builder, Vendor vendor, JdbcTemplate jdbc, PlatformTransactionManager manager) {
        Vendor.Sql sql = builder.variation.apply(vendor.sql());
        this.description = "jdbc (" + vendor + ")";
        this.transactions = new JdbcTransactions(manager, isolation(jdbc));
        KnownHeads heads = new KnownHeads();
        this.reads = new EventReads(jdbc, sql, heads);
        this.matching = new MatchingReads(reads, vendor);
        this.signals = vendor.signals(builder.dataSource, builder.listenOn);
        EventWrites writes = new EventWrites(jdbc, sql, reads, heads, this::asked);
        this.appends = new JdbcAppends(transactions, writes, signals, APPEND_TIMEOUT, sql.lanes());
        this.deletions = new StreamDeletions(jdbc, sql, transactions);
        this.schemas = new JdbcEventSchemas(jdbc, manager, sql);
        this.scope = TenantScope.whole(new Subscriptions(this, builder.pollInterval));
        this.catalogue = new JdbcCatalogue(jdbc, sql, scope, schemas);
        this.subjectKeys = new JdbcSubjectKeys(jdbc, manager);
        this.snapshots = new JdbcSnapshots(jdbc, sql, manager);
        this.seals = new JdbcSeals(jdbc, manager, sql);
        this.onClose = builder.onClose;
    }

    /** What belongs to a tenant is made anew, all else is shared. */
    private JdbcEventStore(JdbcEventStore whole, TenantScope scope, SubjectKeys subjectKeys, SnapshotStore snapshots) {
        this.description = scope.describe(whole.description);
        this.transactions = whole.transactions;
        this.reads = whole.reads;
        this.matching = whole.matching;
        this.signals = whole.signals;
        this.appends = whole.appends;
        this.deletions = whole.deletions;
        this.scope = scope;
        this.catalogue = whole.catalogue.of(scope);
        this.subjectKeys = subjectKeys;
        this.snapshots = snapshots;
        this.seals = whole.seals;
        this.schemas = whole.schemas;
        this.onClose = whole.onClose;
    }

    @Override
    public EventStore forTenant(String id) {
        return new JdbcEventStore(this, scope.of(id, this), subjectKeys.forTenant(id), snapshots.forTenant(id));
    }

    /** What questions of a tenant's append are asked of, also if it is the default one. */
    private JdbcEventStore asked(String tenant) {
        return new JdbcEventStore(this, scope.asked(tenant), subjectKeys, snapshots);
    }

    private StreamKey key(StreamName stream) {
        return new StreamKey(scope.tenant(), stream);
    }

    private static int isolation(JdbcTemplate jdbc) {
        Integer isolation = jdbc.execute(Connection::getTransactionIsolation);
        return Objects.requireNonNull(isolation);
    }

    /** A store in this database. */
    public static JdbcEventStoreBuilder builder(DataSource dataSource) {
        return new JdbcEventStoreBuilder(dataSource);
    }

    @Override
    public Optional<String> tenant() {
        return scope.seen();
    }

    @Override
    public String description() {
        return description;
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
        return appends.isEmpty() && conditions.isEmpty()
                ? List.of()
                : this.appends.append(scope.tenant(), appends, conditions);
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return PagedEvents.ofStream(options, translated("Reading " + stream, reads.stream(key(stream))));
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return PagedEvents.ofAll(scope.seen(options), translated("Reading all events", reads.all()));
    }

    private static PagedEvents.PageReader translated(String what, PagedEvents.PageReader pages) {
        return (filter, span, count) -> Failures.translated(what, () -> pages.read(filter, span, count));
    }

    /** The database looks at types, streams, times and ids, and looks for texts anywhere in the data. */
    @Override
    public EventSequence readMatching(EventPredicate predicate, ReadOptions options) {
        return PagedEvents.ofAll(
                scope.seen(options), translated("Reading events", matching.pages(predicate, scope.seen())));
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return Failures.translated("Reading " + stream, () -> reads.position(key(stream)));
    }

    /** A deletion joins transactions as appends do. On PostgreSQL, they must be of isolation {@code READ COMMITTED}. */
    @Override
    public void delete(StreamName stream, ExpectedPosition expected) {
        deletions.delete(key(stream), expected);
    }

    /** See {@link #delete}. */
    @Override
    public void tombstone(StreamName stream, ExpectedPosition expected) {
        deletions.tombstone(key(stream), expected);
    }

    @Override
    public Stream<StreamName> streams(StreamFilter filter) {
        return PagedNames.of(behind -> Failures.translated("Listing streams", () -> catalogue.page(filter, behind)));
    }

    @Override
    public List<EventType> eventTypes() {
        return Failures.translated("Counting events", catalogue::eventTypes);
    }

    @Override
    public Optional<EventType> eventType(String name) {
        EventType.requireName(name);
        return Failures.translated("Counting events", () -> catalogue.eventType(name));
    }

    @Override
    public boolean isInTransaction() {
        return transactions.isActive();
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.joinOrRunAlone(work);
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return scope.subscribe(options, listener);
    }

    /**
     * Tells of this store's appends. On PostgreSQL also of those of other processes, if there is something to {@linkplain
     * JdbcEventStoreBuilder#listenOn listen on}.
     */
    @Override
    public Registration onAppend(Runnable signal) {
        return signals.onAppend(signal);
    }

    /** How appends have been combined. */
    public AppendStatistics statistics() {
        return appends.statistics();
    }

    /** Transactions that have appended and hold readers of all events back, the oldest first; on H2 none is known. */
    public List<OpenAppend> openAppends() {
        return Failures.translated("Looking for open appends", catalogue::openAppends);
    }

    @Override
    public void afterCommit(Runnable action) {
        transactions.afterCommit(action);
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public SubjectKeys subjectKeys() {
        return subjectKeys;
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

    @Override
    public void close() {
        scope.close();
        if (scope.isWhole()) {
            appends.close();
            signals.close();
            onClose.run();
        }
    }
}
