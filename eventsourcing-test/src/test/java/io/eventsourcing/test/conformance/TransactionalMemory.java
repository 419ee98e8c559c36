package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.RebuildStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a batch writes is there when it has succeeded, together with the checkpoint. */
final class TransactionalMemory extends ProjectionStoreView {

    private final ThreadLocal<@Nullable List<Runnable>> uncommitted = new ThreadLocal<>();
    private final MemoryTables tables = new MemoryTables(this);

    TransactionalMemory(ProjectionStore right) {
        super(right);
    }

    @Override
    public MemoryTables tables() {
        return tables;
    }

    /** Does something when the transaction of this thread is committed, or now. */
    void join(Runnable change) {
        List<Runnable> changes = uncommitted.get();
        if (changes == null) {
            change.run();
        } else {
            changes.add(change);
        }
    }

    /** Whoever sees a checkpoint sees what was written. */
    @Override
    public synchronized List<ProjectionState> states(Collection<String> projections) {
        return right.states(projections);
    }

    @Override
    public Lease advance(Lease lease, Duration duration, Batch batch) {
        List<Runnable> changes = new ArrayList<>();
        BatchResult result = collecting(changes, batch::run);
        return committing(changes, () -> right.advance(lease, duration, () -> result));
    }

    @Override
    public void reset(String projection, Runnable work) {
        List<Runnable> changes = new ArrayList<>();
        committing(changes, () -> {
            right.reset(
                    projection,
                    () -> collecting(changes, () -> {
                        work.run();
                        return changes;
                    }));
            return changes;
        });
    }

    @Override
    public RebuildStore rebuilds() {
        return new RebuildStoreView(super.rebuilds()) {
            @Override
            public boolean complete(String projection, Runnable work) {
                List<Runnable> changes = new ArrayList<>();
                return committing(
                        changes,
                        () -> right.complete(
                                projection,
                                () -> collecting(changes, () -> {
                                    work.run();
                                    return changes;
                                })));
            }
        };
    }

    private <T> T collecting(List<Runnable> changes, Supplier<T> work) {
        uncommitted.set(changes);
        try {
            return work.get();
        } finally {
            uncommitted.remove();
        }
    }

    private synchronized <T> T committing(List<Runnable> changes, Supplier<T> work) {
        T result = work.get();
        changes.forEach(Runnable::run);
        return result;
    }
}
