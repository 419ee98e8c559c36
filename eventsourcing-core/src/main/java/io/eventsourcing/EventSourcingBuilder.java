package io.eventsourcing;

import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.PayloadValidator;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotSettings;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.SubjectKeysSource;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be chosen for an {@link EventSourcing}. Not thread-safe. */
public final class EventSourcingBuilder {

    final EventStore store;
    EventMapper mapper = new JacksonEventMapper();
    Clock clock = Clock.systemUTC();
    Supplier<Metadata> metadata = Metadata::none;
    Collection<? extends Upcaster> upcasters = List.of();
    Compression compression = Compression.NONE;
    CipherKeys cipherKeys = CipherKeys.none();

    @Nullable
    SubjectKeys subjectKeys;

    @Nullable
    CurrentTenant currentTenant;

    AppendInterceptor interceptor = (target, appends, append) -> append.get();
    Instrumentation instrumentation = Instrumentation.NONE;
    PayloadValidator validator = (type, revision, json) -> {};

    @Nullable
    SnapshotOptions snapshots;

    int cacheSize;

    EventSourcingBuilder(EventStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** JSON as {@link JacksonEventMapper} writes it, if nothing else is said. */
    public EventSourcingBuilder mapper(EventMapper eventMapper) {
        this.mapper = Objects.requireNonNull(eventMapper, "mapper");
        return this;
    }

    /** What says when events happen. */
    public EventSourcingBuilder clock(Clock eventClock) {
        this.clock = Objects.requireNonNull(eventClock, "clock");
        return this;
    }

    /** Asked at each save, on the thread that saves, for what to store with each event. */
    public EventSourcingBuilder metadata(Supplier<Metadata> supplier) {
        this.metadata = Objects.requireNonNull(supplier, "metadata");
        return this;
    }

    /** What is done around the append of each save. */
    public EventSourcingBuilder interceptor(AppendInterceptor appendInterceptor) {
        this.interceptor = Objects.requireNonNull(appendInterceptor, "interceptor");
        return this;
    }

    /** What stands around saves and loads. {@link Instrumentation#NONE} if nothing is said. */
    public EventSourcingBuilder instrumentation(Instrumentation measuring) {
        this.instrumentation = Objects.requireNonNull(measuring, "instrumentation");
        return this;
    }

    /** What leads stored events to their revisions of today; the order doesn't matter. */
    public EventSourcingBuilder upcasters(Upcaster... steps) {
        return upcasters(List.of(steps));
    }

    /** What leads stored events to their revisions of today; the order doesn't matter. */
    public EventSourcingBuilder upcasters(Collection<? extends Upcaster> steps) {
        this.upcasters = List.copyOf(steps);
        return this;
    }

    /** {@link Compression#NONE} if nothing else is said. */
    public EventSourcingBuilder compression(Compression chosen) {
        this.compression = Objects.requireNonNull(chosen, "compression");
        return this;
    }

    /** Without any, payloads are stored as they are, and there can be no personal data. */
    public EventSourcingBuilder cipherKeys(CipherKeys keys) {
        this.cipherKeys = Objects.requireNonNull(keys, "cipherKeys");
        return this;
    }

    /** Where the keys of subjects are kept. Without it, in the store, if that is a {@link SubjectKeysSource}. */
    public EventSourcingBuilder subjectKeys(SubjectKeys keys) {
        this.subjectKeys = Objects.requireNonNull(keys, "subjectKeys");
        return this;
    }

    /** Takes snapshots of aggregates, and makes aggregates of them. Without it, all of their events are read. */
    public EventSourcingBuilder snapshots(SnapshotOptions options) {
        this.snapshots = Objects.requireNonNull(options, "snapshots");
        return this;
    }

    /**
     * Who says for which tenant something is loaded, saved or forgotten. Without it, that is the default tenant.
     *
     * <p>An aggregate belongs to the tenant for which it was loaded or made: who changes the current tenant between
     * loading and saving is refused by a conflict at best.
     */
    public EventSourcingBuilder currentTenant(CurrentTenant tenant) {
        this.currentTenant = Objects.requireNonNull(tenant, "currentTenant");
        return this;
    }

    /**
     * Keeps the state of so many aggregates in memory, the most used ones, and reads what has happened to them since.
     * It needs {@code com.github.ben-manes.caffeine:caffeine} on the class path.
     *
     * @param aggregates 0 for none, which is so if nothing is said
     */
    public EventSourcingBuilder cacheSize(int aggregates) {
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
    public EventSourcingBuilder settings(Settings settings) {
        settings.find(CipherKeys.SETTING).map(CipherKeys::of).ifPresent(this::cipherKeys);
        settings.find(Compression.SETTING).map(Compression::of).ifPresent(this::compression);
        SnapshotSettings.options(settings).ifPresent(this::snapshots);
        SnapshotSettings.cacheSize(settings).ifPresent(this::cacheSize);
        return this;
    }

    /** What looks at payloads before they are stored. Without it, all are accepted. */
    public EventSourcingBuilder validator(PayloadValidator payloadValidator) {
        this.validator = Objects.requireNonNull(payloadValidator, "validator");
        return this;
    }

    AggregateSnapshots aggregateSnapshots(EventFormat format) {
        SnapshotStore where = snapshots == null
                ? null
                : snapshots
                        .store()
                        .orElseGet(() -> store.require(SnapshotSource.class).snapshots());
        return new AggregateSnapshots(store, format, clock, snapshots, where, cacheSize);
    }

    EventFormat format(Collection<? extends Upcaster> steps) {
        SubjectKeys keys =
                subjectKeys == null && store instanceof SubjectKeysSource source ? source.subjectKeys() : subjectKeys;
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
