package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.snapshot.SnapshotProblems;
import io.eventsourcing.snapshot.SnapshotStatistics;
import io.eventsourcing.snapshot.SnapshotWriter;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TransactionAware;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of aggregates, and makes aggregates of them: of those that are stored, and of those in the cache. Nothing
 * of it makes a save or a load fail. Thread-safe.
 */
final class AggregateSnapshots {

    /** How many events an aggregate in the cache may lack: to read so many again costs less than to write its state. */
    private static final int LACKING_IN_CACHE = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a load begins with. */
    record Start<A extends Aggregate>(
            @Nullable A aggregate, @Nullable Snapshot snapshot, SnapshotProgress progress) {

        static <A extends Aggregate> Start<A> withNothing() {
            return new Start<>(null, null, SnapshotProgress.NONE);
        }

        /** What is known of snapshots if this one is of no use. */
        SnapshotProgress withoutSnapshot() {
            return snapshot == null ? progress : new SnapshotProgress(-1, null, true, false, null);
        }
    }

    private final EventStore store;
    private final Clock clock;
    private final SnapshotStates states;
    private final SnapshotProblems problems;
    private final LongAdder used;
    private final @Nullable SnapshotOptions options;
    private final @Nullable SnapshotStore stored;
    private final @Nullable SnapshotWriter writer;
    private final @Nullable AggregateCache cache;

    /**
     * @param options null for no stored snapshots
     * @param stored where they are; null without options
     */
    AggregateSnapshots(
            EventStore store,
            EventFormat format,
            Clock clock,
            @Nullable SnapshotOptions options,
            @Nullable SnapshotStore stored,
            int cacheSize) {
        this.store = store;
        this.clock = clock;
        this.states = new SnapshotStates(format, clock);
        this.problems = new SnapshotProblems();
        this.used = new LongAdder();
        this.options = options;
        this.stored = stored;
        this.writer = options == null || stored == null ? null : new SnapshotWriter(stored, options, problems);
        this.cache = AggregateCache.of(cacheSize);
    }

    private AggregateSnapshots(AggregateSnapshots others, String tenant, EventStore store, EventFormat format) {
        this.store = store;
        this.clock = others.clock;
        this.states = new SnapshotStates(format, clock);
        this.problems = others.problems;
        this.used = others.used;
        this.options = others.options;
        this.stored = others.stored == null ? null : others.stored.forTenant(tenant);
        this.writer = others.writer == null || stored == null ? null : others.writer.of(stored);
        this.cache = others.cache == null ? null : others.cache.forTenant(tenant);
    }

    /** Those of a tenant, which are counted and cached together with these. */
    AggregateSnapshots forTenant(String tenant, EventStore scoped, EventFormat scopedFormat) {
        return new AggregateSnapshots(this, tenant, scoped, scopedFormat);
    }

    /** Of the newest snapshot up to a stream position that can be read; whether its events are there isn't known yet. */
    <A extends Aggregate> Start<A> start(AggregateType<A> type, UUID id, StreamName stream, long last) {
        if (stored == null && cache == null || !states.isFit(type)) {
            return Start.withNothing();
        }
        SnapshotName name = SnapshotName.ofStream(stream);
        AggregateCache.Entry kept = cache == null ? null : cache.find(name);
        if (kept != null && kept.snapshot().position() <= last) {
            return made(type, id, kept.snapshot(), kept.progress());
        }
        return find(type, name, last)
                .map(snapshot -> made(type, id, snapshot, progress(snapshot)))
                .orElseGet(Start::withNothing);
    }

    private static SnapshotProgress progress(Snapshot snapshot) {
        return new SnapshotProgress(snapshot.position(), snapshot.takenAt(), false, false, snapshot.lastEvent());
    }

    private Optional<Snapshot> find(AggregateType<?> type, SnapshotName name, long last) {
        try {
            return stored == null ? Optional.empty() : stored.latest(name, last);
        } catch (RuntimeException e) { // the events say the same
            problems.failed(type.name(), e);
            return Optional.empty();
        }
    }

    private <A extends Aggregate> Start<A> made(
            AggregateType<A> type, UUID id, Snapshot snapshot, SnapshotProgress progress) {
        if (!states.hasShapeOf(type, snapshot)) {
            ignored(snapshot, "its class or its events have changed since it was taken");
            return Start.withNothing();
        }
        try {
            SnapshotProgress known = new SnapshotProgress(
                    progress.position(), progress.takenAt(), progress.anew(), false, snapshot.lastEvent());
            return new Start<>(states.make(type, id, snapshot), snapshot, known);
        } catch (RuntimeException | ReflectiveOperationException e) {
            ignored(snapshot, String.valueOf(e.getMessage()));
            return new Start<>(null, snapshot, progress);
        }
    }

    void used() {
        used.increment();
    }

    /** One was found that is of no use. */
    void ignored(Snapshot snapshot, String reason) {
        problems.ignored(snapshot.type(), reason);
        if (cache != null) {
            cache.remove(snapshot.name());
        }
    }

    /** @param events how many were read for it */
    void loaded(Aggregate aggregate, long events) {
        if (cache == null || events < LACKING_IN_CACHE || !states.isFit(aggregate)) {
            return;
        }
        try {
            cache.put(new AggregateCache.Entry(states.take(aggregate, clock.instant()), aggregate.progress()));
        } catch (RuntimeException | StackOverflowError e) {
            problems.failed(aggregate.type().name(), e);
        }
    }

    /** To be called when an aggregate was saved, in the transaction of the caller's if there is one. */
    void saved(Aggregate aggregate, StreamAppend append, AppendResult result) {
        aggregate.progress(aggregate
                .progress()
                .stored(append.events().get(append.events().size() - 1).id()));
        boolean isWhereItSays = result.streamPosition().value() == states.position(aggregate);
        if (writer == null || options == null || !isWhereItSays) {
            return;
        }
        try {
            Instant now = clock.instant();
            if (options.policy().isDue(whatFollows(aggregate, now)) && states.isFit(aggregate)) {
                handOver(writer, aggregate, now);
            }
        } catch (RuntimeException | StackOverflowError e) {
            problems.failed(aggregate.type().name(), e);
        }
    }

    private SnapshotPolicy.Progress whatFollows(Aggregate aggregate, Instant now) {
        SnapshotProgress progress = aggregate.progress();
        return new SnapshotPolicy.Progress(
                aggregate.getClass(),
                states.position(aggregate) - progress.position(),
                Objects.requireNonNullElseGet(progress.takenAt(), aggregate::createdOn),
                now);
    }

    /** Its state is written now, since the aggregate belongs to the caller; it is stored when its events are. */
    private void handOver(SnapshotWriter to, Aggregate aggregate, Instant now) {
        Snapshot snapshot = states.sealed(states.take(aggregate, now));
        boolean anew = aggregate.progress().anew();
        aggregate.progress(aggregate.progress().taken(snapshot.position(), now));
        if (store instanceof TransactionAware aware && aware.isInTransaction()) {
            aware.afterCommit(() -> to.saveSoon(snapshot, anew));
        } else {
            to.saveSoon(snapshot, anew);
        }
    }

    /** Takes one and stores it, whatever the policy says. */
    void take(Aggregate aggregate) {
        if (writer == null) {
            throw new IllegalStateException("Snapshots aren't kept here: say how with"
                    + " EventSourcing.builder(…).snapshots(SnapshotOptions.of(SnapshotPolicy.never())) or another policy"
                    + " (with Spring: eventsourcing.snapshots.enabled=true)");
        }
        states.requireFit(aggregate);
        if (store instanceof TransactionAware aware && aware.isInTransaction()) {
            handOver(writer, aggregate, clock.instant());
        } else {
            writer.save(
                    states.sealed(states.take(aggregate, clock.instant())),
                    aggregate.progress().anew());
        }
    }

    void await() {
        if (writer != null) {
            writer.await(PATIENCE);
        }
    }

    SnapshotStatistics statistics() {
        return new SnapshotStatistics(
                used.sum(), problems.ignoredOnes(), writer == null ? 0 : writer.taken(), problems.failures());
    }
}
