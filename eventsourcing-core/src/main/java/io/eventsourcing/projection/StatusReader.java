package io.eventsourcing.projection;

import io.eventsourcing.store.Availability;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds out how projections stand. Thread-safe. */
final class StatusReader {

    private final EventStore events;
    private final Node node;
    private final Map<String, Rate> rates = new HashMap<>();

    StatusReader(EventStore events, Node node) {
        this.events = events;
        this.node = node;
    }

    /**
     * Up to where all of a projection is done; -1 if it was never run.
     *
     * @param workers those of this node, which need not ask the store if they are all
     */
    long position(String projection, List<SegmentWorker> workers) {
        int slots = workers.stream()
                .mapToInt(worker -> worker.segment().last() - worker.segment().first() + 1)
                .sum();
        return slots == SegmentId.SLOTS
                ? workers.stream().mapToLong(SegmentWorker::position).min().orElse(-1)
                : state(projection).stream()
                        .flatMap(state -> state.segments().stream())
                        .mapToLong(segment -> status(segment, workers).position())
                        .min()
                        .orElse(-1);
    }

    private Optional<ProjectionState> state(String projection) {
        return node.store().states(List.of(projection)).stream().findFirst();
    }

    /**
     * How a projection stands; empty if it was never run.
     *
     * @param workers those of this node
     */
    Optional<ProjectionStatus> status(BoundProjection projection, List<SegmentWorker> workers) {
        return state(projection.name()).map(state -> status(projection, state, workers));
    }

    private ProjectionStatus status(BoundProjection projection, ProjectionState state, List<SegmentWorker> workers) {
        requireAvailable();
        long head = events.lastPosition().orElse(0);
        List<SegmentStatus> segments = state.segments().stream()
                .map(segment -> status(segment, workers))
                .toList();
        long position =
                segments.stream().mapToLong(SegmentStatus::position).min().orElse(0);
        List<RecordedEvent> behind = behind(projection, position, head);
        return new ProjectionStatus(
                projection.name(),
                state.paused(),
                position,
                head,
                behind.size(),
                behind.isEmpty() ? Duration.ZERO : age(behind.get(0)),
                rate(projection.name(), workers),
                segments,
                lastError(workers),
                node.store().deadLetters().count(projection.name()),
                projection.hasTimeouts() ? node.store().timeouts().count(projection.name()) : TimeoutStore.Count.NONE);
    }

    /** Whoever wants to know how it stands doesn't wait for a server that is away. */
    private void requireAvailable() {
        if (events instanceof Availability server && !server.isAvailable()) {
            throw new StoreUnavailableException(events.description() + " can't be reached at the moment", null);
        }
    }

    /**
     * How far a rebuild has come.
     *
     * @param workers those of this node
     */
    RebuildStatus rebuild(Instant since, ProjectionState rebuild, ProjectionState live, List<SegmentWorker> workers) {
        double done = done(rebuild.segments(), live.segments());
        return new RebuildStatus(
                live.projection(),
                since,
                rebuild.position(),
                events.lastPosition().orElse(0),
                done,
                RebuildStatus.remaining(
                        done, Duration.between(since, node.clock().instant())),
                workers.stream().mapToLong(worker -> worker.steps().handled()).sum(),
                rate(rebuild.projection(), workers),
                rebuild.segments().stream()
                        .map(segment -> status(segment, workers))
                        .toList(),
                lastError(workers),
                node.store().deadLetters().count(rebuild.projection()));
    }

    private static double done(List<SegmentState> rebuilt, List<SegmentState> live) {
        double all = live.stream().mapToLong(SegmentState::position).sum();
        return all == 0
                ? 1
                : Math.min(1, rebuilt.stream().mapToLong(SegmentState::position).sum() / all);
    }

    /** This node knows better of its own segments. */
    private static SegmentStatus status(SegmentState state, List<SegmentWorker> workers) {
        long position = workers.stream()
                .filter(worker -> worker.segment().equals(state.segment()))
                .mapToLong(SegmentWorker::position)
                .reduce(state.position(), Math::max);
        return new SegmentStatus(state.segment().first(), state.segment().last(), position, state.owner());
    }

    private List<RecordedEvent> behind(BoundProjection projection, long position, long head) {
        return position >= head
                ? List.of()
                : events.readAll(projection.select(
                                ReadOptions.forwards().from(position + 1).limit(ProjectionStatus.MAX_LAG)))
                        .toList();
    }

    private Duration age(RecordedEvent event) {
        Duration age = Duration.between(event.timestamp(), node.clock().instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private synchronized double rate(String projection, List<SegmentWorker> workers) {
        long handled =
                workers.stream().mapToLong(worker -> worker.steps().handled()).sum();
        return rates.computeIfAbsent(projection, name -> new Rate()).update(handled);
    }

    private static Optional<String> lastError(List<SegmentWorker> workers) {
        return workers.stream()
                .map(worker -> worker.steps().lastError())
                .filter(Objects::nonNull)
                .findFirst();
    }
}
