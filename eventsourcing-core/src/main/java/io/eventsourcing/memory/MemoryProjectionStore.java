package io.eventsourcing.memory;

import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentDivision;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentLimitException;
import io.eventsourcing.projection.SegmentState;
import io.eventsourcing.projection.StaleLeaseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
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

    private static final int LAST_SLOT = SegmentId.SLOTS - 1;

    private final Clock clock;
    private final NavigableMap<SegmentId, Segment> segments = new TreeMap<>();
    private final Map<String, Whole> projections = new HashMap<>();
    private final Map<String, Map<String, Instant>> nodes = new HashMap<>();
    private final MemoryDeadLetters deadLetters = new MemoryDeadLetters();

    private static final class Segment {
        private long position;
        private long token;
        private @Nullable String owner;
        private Instant until = Instant.MIN;
        private long limit = SegmentState.NO_LIMIT;
        private long replayUntil;
    }

    /** What is said of a projection as a whole. */
    private static final class Whole {
        private boolean paused;
        private OptionalInt wantedSegments = OptionalInt.empty();
    }

    public MemoryProjectionStore() {
        this(Clock.systemUTC());
    }

    /** @param clock what leases are measured by */
    public MemoryProjectionStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public synchronized void create(String projection, int count, long position) {
        if (projections.putIfAbsent(projection, new Whole()) == null) {
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
        List<SegmentState> states = of(projection).entrySet().stream()
                .map(entry -> state(entry.getKey(), entry.getValue(), now))
                .toList();
        List<String> ready = nodes.getOrDefault(projection, Map.of()).entrySet().stream()
                .filter(node -> node.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        Whole whole = Objects.requireNonNull(projections.get(projection));
        return new ProjectionState(projection, whole.paused, whole.wantedSegments, states, ready);
    }

    private static SegmentState state(SegmentId id, Segment segment, Instant now) {
        return new SegmentState(
                id,
                segment.position,
                segment.limit,
                Optional.ofNullable(segment.until.isAfter(now) ? segment.owner : null));
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
        return Optional.of(new Lease(id, segment.token, segment.position, segment.replayUntil));
    }

    @Override
    public synchronized boolean renew(Lease lease, Duration duration) {
        Segment segment = held(lease);
        if (segment == null) {
            return false;
        }
        segment.position = Math.min(Math.max(segment.position, lease.position()), segment.limit);
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
        if (result.position() > segment.limit) {
            throw new SegmentLimitException(lease.segment(), segment.limit);
        }
        result.settled().forEach(deadLetters::remove);
        result.parked().forEach(deadLetters::put);
        segment.position = result.position();
        segment.until = clock.instant().plus(duration);
        return lease.at(result.position());
    }

    @Override
    public synchronized void pause(String projection, boolean paused) {
        Whole whole = projections.get(projection);
        if (whole != null) {
            whole.paused = paused;
        }
    }

    @Override
    public synchronized void resize(String projection, int count) {
        Whole whole = projections.get(projection);
        if (whole != null) {
            whole.wantedSegments = OptionalInt.of(count);
        }
    }

    @Override
    public synchronized boolean divide(String projection) {
        Whole whole = projections.get(projection);
        if (whole == null || whole.wantedSegments.isEmpty()) {
            return false;
        }
        SegmentDivision division =
                new SegmentDivision(projection, whole.wantedSegments.getAsInt(), checkpoints(projection));
        Optional<List<SegmentCheckpoint>> divided = division.segments();
        if (divided.isPresent()) {
            replace(projection, divided.get());
            whole.wantedSegments = OptionalInt.empty();
        } else {
            of(projection).values().forEach(segment -> segment.limit = division.limit());
        }
        return divided.isPresent();
    }

    @Override
    public synchronized void reset(String projection, Runnable work) {
        if (!projections.containsKey(projection)) {
            return;
        }
        work.run();
        deadLetters.removeAll(projection);
        of(projection).values().forEach(segment -> {
            fence(segment);
            segment.replayUntil = Math.max(segment.replayUntil, segment.position);
            segment.position = 0;
            segment.limit = SegmentState.NO_LIMIT;
        });
    }

    private static void fence(Segment segment) {
        segment.token++;
        segment.owner = null;
        segment.until = Instant.MIN;
    }

    private List<SegmentCheckpoint> checkpoints(String projection) {
        return of(projection).entrySet().stream()
                .map(entry ->
                        new SegmentCheckpoint(entry.getKey(), entry.getValue().position, entry.getValue().replayUntil))
                .toList();
    }

    /** The live segments of a projection, by their ids. */
    private Map<SegmentId, Segment> of(String projection) {
        return segments.subMap(
                new SegmentId(projection, 0, 0), true, new SegmentId(projection, LAST_SLOT, LAST_SLOT), true);
    }

    /** No owner of an earlier segment has such a token. */
    private void replace(String projection, List<SegmentCheckpoint> divided) {
        Map<SegmentId, Segment> before = of(projection);
        long token = before.values().stream()
                        .mapToLong(segment -> segment.token)
                        .max()
                        .orElse(0)
                + 1;
        before.clear();
        divided.forEach(checkpoint -> {
            Segment segment = new Segment();
            segment.position = checkpoint.position();
            segment.replayUntil = checkpoint.replayUntil();
            segment.token = token;
            segments.put(checkpoint.segment(), segment);
        });
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }
}
