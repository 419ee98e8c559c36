package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.RebuildStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A store of rebuilds that hands everything on, for those that do something else now and then. */
class RebuildStoreView implements RebuildStore {

    final RebuildStore right;

    RebuildStoreView(RebuildStore right) {
        this.right = right;
    }

    @Override
    public boolean create(String projection) {
        return right.create(projection);
    }

    @Override
    public Optional<Instant> since(String projection) {
        return right.since(projection);
    }

    @Override
    public void hold(String projection, Duration duration) {
        right.hold(projection, duration);
    }

    @Override
    public boolean complete(String projection, Runnable work) {
        return right.complete(projection, work);
    }

    @Override
    public boolean remove(String projection) {
        return right.remove(projection);
    }
}
