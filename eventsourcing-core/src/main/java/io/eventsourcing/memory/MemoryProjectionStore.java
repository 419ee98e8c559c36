package io.eventsourcing.memory;

import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how far projections have come in memory, for as long as this object lives. What a batch does elsewhere isn't undone
 * when it fails. Thread-safe.
 */
public final class MemoryProjectionStore implements ProjectionStore {

    private final Clock clock;
    private final Map<SegmentId, Segment> segments = new TreeMap<>();
    private final Map<String, Boolean> projections = new HashMap<>();
    private final Map<String, Map<String, Instant>> nodes = new HashMap<>();
    private final MemoryDeadLetters deadLetters = new MemoryDeadLetters();
    private final MemoryTimeouts timeouts;

    private static final class Segment {
        private long position;
        private long token;
        private @Nullable String owner;
        private Instant until = Instant.MIN;
    }

    public MemoryProjectionStore() {
        this(Clock.systemUTC());
    }

    /** @param clock what leases are measured by */
    public MemoryProjectionStore(Clock clock) {
        this.clock = clock;
        this.timeouts = new MemoryTimeouts(clock);
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public synchronized void create(String projection, int count, long position) {
        if (projections.putIfAbsent(projection, false) == null) {
            SegmentId.divide(projection, count).forEach(id -> {
                Segment segment = new Segment();
                segment.position = position;
                segments.put(id, segment);
            });
        }
    }

    @Override
    public synchronized List<ProjectionState> states(Collection<String> names) {
        return names.stream().filter(projections::containsKey).map(this::state).toList();
    }

    private ProjectionState state(String projection) {
        Instant now = clock.instant();
        List<SegmentState> states = segments.entrySet().stream()
                .filter(entry -> entry.getKey().projection().equals(projection))
                .map(entry -> state(entry.getKey(), entry.getValue(), now))
                .toList();
        List<String> ready = nodes.getOrDefault(projection, Map.of()).entrySet().stream()
                .filter(node -> node.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        return new ProjectionState(projection, Objects.requireNonNull(projections.get(projection)), states, ready);
    }

    private static SegmentState state(SegmentId id, Segment segment, Instant now) {
        return new SegmentState(
                id, segment.position, Optional.ofNullable(segment.until.isAfter(now) ? segment.owner : null));
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
        Segment segment = segments.get(id);
        if (segment == null || segment.until.isAfter(clock.instant())) {
            return Optional.empty();
        }
        segment.token++;
        segment.owner = node;
        segment.until = clock.instant().plus(duration);
        return Optional.of(new Lease(id, segment.token, segment.position));
    }

    @Override
    public synchronized boolean renew(Lease lease, Duration duration) {
        Segment segment = held(lease);
        if (segment == null) {
            return false;
        }
        segment.position = Math.max(segment.position, lease.position());
        segment.until = clock.instant().plus(duration);
        return true;
    }

    private @Nullable Segment held(Lease lease) {
        Segment segment = segments.get(lease.segment());
        return segment != null && segment.token == lease.token() ? segment : null;
    }

    @Override
    public synchronized void release(Lease lease) {
        Segment segment = held(lease);
        if (segment != null) {
            segment.until = Instant.MIN;
            segment.owner = null;
        }
    }

    @Override
    public Lease advance(Lease lease, Duration duration, Batch batch) {
        BatchResult result = batch.run(); // not under the lock: it may take its time
        return keep(lease, duration, result);
    }

    private synchronized Lease keep(Lease lease, Duration duration, BatchResult result) {
        Segment segment = held(lease);
        if (segment == null || segment.position > lease.position()) {
            throw new StaleLeaseException(lease);
        }
        timeouts.change(result.timeouts());
        result.settled().forEach(deadLetters::remove);
        result.parked().forEach(deadLetters::put);
        segment.position = result.position();
        segment.until = clock.instant().plus(duration);
        return new Lease(lease.segment(), lease.token(), result.position());
    }

    @Override
    public synchronized void pause(String projection, boolean paused) {
        projections.computeIfPresent(projection, (name, before) -> paused);
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
