package io.eventsourcing.memory;

import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps rebuilds in memory, among the projections of a store, whose lock it shares. Thread-safe. */
final class MemoryRebuilds implements RebuildStore {

    private final Object lock;
    private final Clock clock;
    private final Map<String, MemoryProjection> projections;
    private final MemoryDeadLetters deadLetters;

    MemoryRebuilds(Object lock, Clock clock, Map<String, MemoryProjection> projections, MemoryDeadLetters deadLetters) {
        this.lock = lock;
        this.clock = clock;
        this.projections = projections;
        this.deadLetters = deadLetters;
    }

    @Override
    public boolean create(String projection) {
        synchronized (lock) {
            MemoryProjection live = projections.get(projection);
            if (live == null || projections.containsKey(RebuildStore.nameOf(projection))) {
                return false;
            }
            if (live.wantedSegments.isPresent()) {
                throw RebuildStore.isBeingDivided(projection);
            }
            MemoryProjection rebuild = new MemoryProjection(RebuildStore.nameOf(projection), clock.instant());
            rebuild.paused = true;
            rebuild.replace(RebuildStore.beginning(live.checkpoints()), live.retiredToken);
            projections.put(rebuild.name, rebuild);
            return true;
        }
    }

    @Override
    public Optional<Instant> since(String projection) {
        synchronized (lock) {
            return Optional.ofNullable(projections.get(RebuildStore.nameOf(projection)))
                    .map(rebuild -> rebuild.since);
        }
    }

    @Override
    public void hold(String projection, Duration duration) {
        synchronized (lock) {
            MemoryProjection live = projections.get(projection);
            if (live != null) {
                live.heldUntil = clock.instant().plus(duration);
            }
        }
    }

    @Override
    public boolean complete(String projection, Runnable work) {
        synchronized (lock) {
            MemoryProjection live = projections.get(projection);
            MemoryProjection rebuild = projections.get(RebuildStore.nameOf(projection));
            if (live == null || rebuild == null || !positions(live).equals(positions(rebuild))) {
                return false;
            }
            work.run();
            live.fence();
            live.heldUntil = Instant.MIN;
            deadLetters.replace(projection, rebuild.name);
            return remove(projection);
        }
    }

    private static List<Long> positions(MemoryProjection projection) {
        return projection.checkpoints().stream()
                .map(SegmentCheckpoint::position)
                .toList();
    }

    @Override
    public boolean remove(String projection) {
        synchronized (lock) {
            MemoryProjection rebuild = projections.remove(RebuildStore.nameOf(projection));
            MemoryProjection live = projections.get(projection);
            if (rebuild != null && live != null) {
                rebuild.fence();
                live.retiredToken = Math.max(live.retiredToken, rebuild.highestToken());
                deadLetters.removeAll(rebuild.name);
            }
            return rebuild != null;
        }
    }
}
