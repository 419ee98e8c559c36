package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.Availability;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventSchemasSource;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import io.eventsourcing.store.TenantScope;
import io.eventsourcing.store.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps events in EventStoreDB (22.6 or newer) or KurrentDB. Calls that the server doesn't answer are repeated, with the
 * same event ids, as long as {@link Builder#patience} says. Thread-safe.
 *
 * <p>A read of all events leaves out the server's own events, links, snapshots, seals, schemas, and what others have written to streams whose
 * names can't be ours. The server lets members of {@code $admins} alone do it, unless the access list of {@code $all} says
 * otherwise.
 *
 * <p>An append is at most 1 MiB up to version 25.0, all of its events together; more is refused with {@link
 * AppendTooLargeException}. An append to several streams needs KurrentDB 25.1, and events for each of them; else it is
 * refused with {@link io.eventsourcing.store.UnsupportedByStoreException}, but one to a single stream always works. An
 * append that names no place in its stream ({@link ExpectedPosition#any()}, {@link ExpectedPosition#streamExists()}) reads
 * the last events of the stream first.
 *
 * <p>A stream that was deleted has no events, and begins anew at the position behind its last one. One that was deleted for
 * good (a tombstone) has no events, and refuses appends. An append that expects {@link ExpectedPosition#streamExists()} and is
 * overtaken by a deletion comes behind it. There is no {@link io.eventsourcing.store.Catalogue}: the server lists neither
 * streams nor types, unless projections run that aren't there by default.
 *
 * <p>{@linkplain Tenants Tenants} are told apart by the names of their streams, so those of the default tenant can't begin with
 * {@code tenant$}.
 *
 * <p>What was appended is in the next read, unless the connection string prefers another node than the leader: followers
 * lag behind.
 */
public final class EventStoreDbEventStore
        implements EventStore,
                MultiStreamAppender,
                StreamDeleter,
                AppendSignals,
                Availability,
                SnapshotSource,
                EventSchemasSource,
                SealsSource,
                Tenants {

    private final Connection connection;
    private final ServerNames names;
    private final Contention contention;
    private final AppendLimit limit;
    private final StreamReads streams;
    private final AllReads all;
    private final Appends single;
    private final MultiStreamAppends several;
    private final Deletions deletions;
    private final SnapshotStore snapshots;
    private final Signals signals;
    private final Seals seals;
    private final EventSchemas schemas;
    private final TenantScope scope;

    private EventStoreDbEventStore(Connection connection, ServerNames names, Builder builder) {
        this.connection = connection;
        this.names = names;
        this.contention = new Contention(builder.patience);
        this.limit = new AppendLimit(connection, builder.maxAppendSize);
        this.streams = new StreamReads(connection, names);
        this.all = new AllReads(connection, names);
        this.single = new Appends(connection, names, streams, limit, contention);
        this.several = new MultiStreamAppends(connection, names, streams, single, contention);
        this.deletions = new Deletions(connection, names, streams, contention);
        this.snapshots = new EventStoreDbSnapshots(connection, names, streams, limit, contention);
        this.signals = new Signals(connection.clients(), names);
        this.seals = new EventStoreDbSeals(streams, single);
        this.schemas = new EventStoreDbSchemas(streams, single);
        this.scope = TenantScope.whole(new Subscriptions(this));
    }

    /** What goes by the names of streams is made anew, all else is shared. */
    private EventStoreDbEventStore(EventStoreDbEventStore whole, TenantScope scope) {
        this.connection = whole.connection;
        this.names = whole.names.forTenant(scope.tenant());
        this.contention = whole.contention;
        this.limit = whole.limit;
        this.streams = new StreamReads(connection, names);
        this.all = whole.all;
        this.single = new Appends(connection, names, streams, limit, contention);
        this.several = new MultiStreamAppends(connection, names, streams, single, contention);
        this.deletions = new Deletions(connection, names, streams, contention);
        this.snapshots = new EventStoreDbSnapshots(connection, names, streams, limit, contention);
        this.signals = whole.signals;
        this.seals = whole.seals;
        this.schemas = whole.schemas;
        this.scope = scope;
    }

    /**
     * The tenant's streams are called {@code tenant$<id>$<name>} on the server, with {@code %} and two hexadecimal digits for
     * what isn't a letter, a digit, a dot or an underscore in the id. Its events are chosen by that on the server.
     */
    @Override
    public EventStore forTenant(String id) {
        return new EventStoreDbEventStore(this, scope.of(id, this));
    }

    /**
     * A store on a server, or on a cluster of them.
     *
     * @param connectionString such as {@code esdb://user:password@localhost:2113?tls=false}; {@code esdb+discover://} looks
     *     for the nodes of a cluster under one name; {@code kurrentdb://} and {@code kurrentdb+discover://} mean the same.
     *     Several hosts are separated by commas. What is special in a user name or password is written as {@code %} and two
     *     hexadecimal digits
     */
    public static Builder builder(String connectionString) {
        return new Builder(connectionString);
    }

    @Override
    public Optional<String> tenant() {
        return scope.seen();
    }

    @Override
    public String description() {
        return scope.describe(connection.description());
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        StreamAppend append = new StreamAppend(stream, expected, events);
        names.requireOurs(append);
        AppendResult result = single.append(append);
        signals.fire();
        return result;
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends) {
        List<AppendResult> results = several.append(appends);
        signals.fire();
        return results;
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        names.requireOwn(stream);
        return PagedEvents.ofStream(options, (filter, span, count) -> streams.page(stream, filter, span, count));
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return PagedEvents.ofAll(scope.seen(options), all::page);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return streams.position(names.requireOwn(stream));
    }

    /** The server keeps what was deleted in the read of all events until it is scavenged. */
    @Override
    public void delete(StreamName stream, ExpectedPosition expected) {
        deletions.delete(names.requireOwn(stream), expected);
    }

    /** See {@link #delete}. */
    @Override
    public void tombstone(StreamName stream, ExpectedPosition expected) {
        deletions.tombstone(names.requireOwn(stream), expected);
    }

    /** Those of a stream are in a stream of their own, {@code snapshot-$…}, which is in no read of events. */
    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return scope.subscribe(options, listener);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        return signals.onAppend(signal);
    }

    /** In a stream of their own, the same for all tenants. */
    @Override
    public EventSchemas schemas() {
        return schemas;
    }

    /** One chain for the events of all tenants, in a stream of its own, which {@code $admins} can delete. */
    @Override
    public Seals seals() {
        scope.requireWhole(SealsSource.class, this);
        return seals;
    }

    @Override
    public boolean isAvailable() {
        return new StartupCheck(connection).isPassed();
    }

    /** How the connection has fared up to this moment. Asks nobody, so that it can be asked often. */
    public ConnectionStatistics statistics() {
        return connection.statistics();
    }

    /** Whether the server appends to several streams at once. */
    boolean supportsSeveralStreams() {
        return connection.isAtLeast(25, 1);
    }

    @Override
    public void close() {
        scope.close();
        if (scope.isWhole()) {
            signals.close();
            connection.close();
        }
    }

    /** What can be chosen. Not thread-safe. */
    public static final class Builder {

        private final String connectionString;
        private Optional<String> rootCertificates = Optional.empty();
        private boolean lazyStart;
        private Duration patience = Duration.ofSeconds(30);
        private String streamPrefix = "";
        private int maxAppendSize;

        private Builder(String connectionString) {
            this.connectionString = connectionString;
        }

        /** The certificates of the authorities that sign servers' certificates, as PEM text. Without them, those of Java. */
        public Builder rootCertificates(String pem) {
            this.rootCertificates = Optional.of(pem);
            return this;
        }

        /** Whether the store is opened without asking the server, so that it need not run yet. It is asked if not said. */
        public Builder lazyStart(boolean lazy) {
            this.lazyStart = lazy;
            return this;
        }

        /** How long a call is repeated that the server doesn't answer: 30 seconds if nothing else is said. */
        public Builder patience(Duration patience) {
            this.patience = patience;
            return this;
        }

        /**
         * What stands before the name of each stream on the server, so that several applications can share one: at most 50
         * letters, digits, dots and underscores. Nothing, if nothing is said.
         */
        public Builder streamPrefix(String prefix) {
            this.streamPrefix = prefix;
            return this;
        }

        /**
         * The server's setting {@code MaxAppendSize}, in bytes, if it was changed. Else the store goes by the server's
         * version.
         */
        public Builder maxAppendSize(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("The greatest size of an append is positive, not " + bytes);
            }
            this.maxAppendSize = bytes;
            return this;
        }

        /**
         * Opens the store.
         *
         * @throws IllegalArgumentException if the connection string, the certificates or the prefix are wrong
         * @throws io.eventsourcing.store.StoreUnavailableException if the server can't be reached
         * @throws io.eventsourcing.store.EventStoreException if it doesn't accept the user
         */
        public EventStoreDbEventStore open() {
            ServerNames names = new ServerNames(streamPrefix);
            ConnectionString address = ConnectionString.parse(connectionString);
            Optional<RootCertificates> certificates = rootCertificates.map(RootCertificates::new);
            Connection connection =
                    new Connection(new ClientHolder(new ClientFactory(address, certificates, names)), patience);
            if (!lazyStart) {
                check(connection);
            }
            return new EventStoreDbEventStore(connection, names, this);
        }

        private static void check(Connection connection) {
            try {
                new StartupCheck(connection).require();
            } catch (RuntimeException e) {
                connection.close();
                throw e;
            }
        }
    }
}
