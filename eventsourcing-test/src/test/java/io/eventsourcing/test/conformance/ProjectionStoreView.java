package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionTables;
import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.TimeoutStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A projection store that hands everything on, for those that do something else now and then. */
class ProjectionStoreView implements ProjectionStore {

    final ProjectionStore right;

    ProjectionStoreView(ProjectionStore right) {
        this.right = right;
    }

    @Override
    public String description() {
        return right.description();
    }

    @Override
    public void create(String projection, int segments, long position) {
        right.create(projection, segments, position);
    }

    @Override
    public List<ProjectionState> states(Collection<String> projections) {
        return right.states(projections);
    }

    @Override
    public void announce(String node, Collection<String> projections, Duration duration) {
        right.announce(node, projections, duration);
    }

    @Override
    public void withdraw(String node) {
        right.withdraw(node);
    }

    @Override
    public Optional<Lease> acquire(SegmentId segment, String node, Duration duration) {
        return right.acquire(segment, node, duration);
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        return right.renew(lease, duration);
    }

    @Override
    public void release(Lease lease) {
        right.release(lease);
    }

    @Override
    public Lease advance(Lease lease, Duration duration, Batch batch) {
        return right.advance(lease, duration, batch);
    }

    @Override
    public void pause(String projection, boolean paused) {
        right.pause(projection, paused);
    }

    @Override
    public TimeoutStore timeouts() {
        return right.timeouts();
    }

    @Override
    public void resize(String projection, int segments) {
        right.resize(projection, segments);
    }

    @Override
    public boolean divide(String projection) {
        return right.divide(projection);
    }

    @Override
    public void reset(String projection, Runnable work) {
        right.reset(projection, work);
    }

    @Override
    public RebuildStore rebuilds() {
        return right.rebuilds();
    }

    @Override
    public ProjectionTables tables() {
        return right.tables();
    }

    @Override
    public DeadLetters deadLetters() {
        return right.deadLetters();
    }
}
