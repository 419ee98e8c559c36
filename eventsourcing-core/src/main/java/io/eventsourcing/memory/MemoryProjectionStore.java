package io.eventsourcing.memory;

import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentLimitException;
import io.eventsourcing.projection.StaleLeaseException;
import io.eventsourcing.projection.TimeoutStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how far projections have come in memory, for as long as this object lives. What a batch does elsewhere isn't undone
 * when it fails. Thread-safe.
 */
public final class MemoryProjectionStore implements ProjectionStore {

    private final Clock clock;
    private final Map<String, MemoryProjection> projections = new HashMap<>();
    private final Map<String, Map<String, Instant>> nodes = new HashMap<>();
    private final MemoryDeadLetters deadLetters = new MemoryDeadLetters();
    private final MemoryTimeouts timeouts;
    private final RebuildStore rebuilds;

    public MemoryProjectionStore() {
        this(Clock.systemUTC());
    }

    /** @param clock what leases are measured by */
    public MemoryProjectionStore(Clock clock) {
        this.clock = clock;
        this.timeouts = new MemoryTimeouts(clock);
        this.rebuilds = new MemoryRebuilds(this, clock, projections, deadLetters);
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public synchronized void create(String name, int count, long position) {
        projections.computeIfAbsent(name, each -> {
            MemoryProjection projection = new MemoryProjection(name, clock.instant());
            projection.replace(
                    SegmentId.divide(name, count).stream()
                            .map(id -> new SegmentCheckpoint(id, position, 0))
                            .toList(),
                    0);
            return projection;
        });
    }

    @Override
    public synchronized List<ProjectionState> states(Collection<String> names) {
        Instant now = clock.instant();
        return names.stream()
                .map(projections::get)
                .filter(Objects::nonNull)
                .map(projection -> projection.state(now, ready(projection.name, now)))
                .toList();
    }

    private List<String> ready(String projection, Instant now) {
        return nodes.getOrDefault(projection, Map.of()).entrySet().stream()
                .filter(node -> node.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void announce(String node, Collection<String> names, Duration duration) {
        Instant until = clock.instant().plus(duration);
        names.forEach(
                name -> nodes.computeIfAbsent(name, each -> new TreeMap<>()).put(node, until));
    }

    @Override
    public synchronized void withdraw(String node) {
        nodes.values().forEach(ready -> ready.remove(node));
    }

    @Override
    public synchronized Optional<Lease> acquire(SegmentId id, String node, Duration duration) {
        MemorySegment segment = segment(id);
        if (segment == null || segment.until.isAfter(clock.instant())) {
            return Optional.empty();
        }
        segment.token++;
        segment.owner = node;
        segment.until = clock.instant().plus(duration);
        return Optional.of(new Lease(id, segment.token, segment.position, segment.replayUntil));
    }

    private @Nullable MemorySegment segment(SegmentId id) {
        MemoryProjection projection = projections.get(id.projection());
        return projection == null ? null : projection.segments.get(id);
    }

    @Override
    public synchronized boolean renew(Lease lease, Duration duration) {
        MemorySegment segment = held(lease);
        if (segment == null) {
            return false;
        }
        segment.position = Math.min(Math.max(segment.position, lease.position()), segment.limit);
        segment.until = clock.instant().plus(duration);
        return true;
    }

    private @Nullable MemorySegment held(Lease lease) {
        MemorySegment segment = segment(lease.segment());
        return segment != null && segment.token == lease.token() ? segment : null;
    }

    @Override
    public synchronized void release(Lease lease) {
        MemorySegment segment = held(lease);
        if (segment != null) {
            segment.release();
        }
    }

    @Override
    public Lease advance(Lease lease, Duration duration, Batch batch) {
        BatchResult result = batch.run(); // not under the lock: it may take its time
        return keep(lease, duration, result);
    }

    private synchronized Lease keep(Lease lease, Duration duration, BatchResult result) {
        MemorySegment segment = held(lease);
        if (segment == null || segment.position > lease.position()) {
            throw new StaleLeaseException(lease);
        }
        if (result.position() > segment.limit) {
            throw new SegmentLimitException(lease.segment(), segment.limit);
        }
        timeouts.change(result.timeouts());
        result.settled().forEach(deadLetters::remove);
        result.parked().forEach(deadLetters::put);
        segment.position = result.position();
        segment.until = clock.instant().plus(duration);
        return lease.at(result.position());
    }

    @Override
    public synchronized void pause(String name, boolean paused) {
        MemoryProjection projection = projections.get(name);
        if (projection != null) {
            projection.paused = paused;
        }
    }

    @Override
    public synchronized void resize(String name, int count) {
        MemoryProjection projection = projections.get(name);
        if (projection != null) {
            requireNoRebuild(name);
            projection.wantedSegments = OptionalInt.of(count);
        }
    }

    @Override
    public synchronized boolean divide(String name) {
        MemoryProjection projection = projections.get(name);
        return projection != null && projection.divide();
    }

    @Override
    public synchronized void reset(String name, Runnable work) {
        MemoryProjection projection = projections.get(name);
        if (projection != null) {
            requireNoRebuild(name);
            work.run();
            deadLetters.removeAll(name);
            projection.fence();
            projection.segments.values().forEach(MemorySegment::rewind);
        }
    }

    private void requireNoRebuild(String name) {
        if (projections.containsKey(RebuildStore.nameOf(name))) {
            throw RebuildStore.isBeingRebuilt(name);
        }
    }

    @Override
    public RebuildStore rebuilds() {
        return rebuilds;
    }

    @Override
    public TimeoutStore timeouts() {
        return timeouts;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }
}
