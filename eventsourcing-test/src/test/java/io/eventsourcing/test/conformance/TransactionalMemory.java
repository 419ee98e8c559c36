package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a batch writes is there when it has succeeded. */
final class TransactionalMemory extends ProjectionStoreView {

    private static final ThreadLocal<List<String>> UNCOMMITTED = new ThreadLocal<>();

    private final List<String> written;

    TransactionalMemory(ProjectionStore right, List<String> written) {
        super(right);
        this.written = written;
    }

    static void write(String effect, List<String> written) {
        List<String> uncommitted = UNCOMMITTED.get();
        (uncommitted == null ? written : uncommitted).add(effect);
    }

    @Override
    public Lease advance(Lease lease, Duration duration, Batch batch) {
        List<String> uncommitted = new ArrayList<>();
        UNCOMMITTED.set(uncommitted);
        try {
            Lease moved = right.advance(lease, duration, batch);
            written.addAll(uncommitted);
            return moved;
        } finally {
            UNCOMMITTED.remove();
        }
    }
}
