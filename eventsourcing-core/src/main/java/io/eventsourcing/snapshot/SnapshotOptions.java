package io.eventsourcing.snapshot;

import io.eventsourcing.store.SnapshotStore;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What is to happen with snapshots of aggregates. Immutable; each method returns a changed copy. */
public final class SnapshotOptions {

    /** How many snapshots of an aggregate are kept if nothing else is said: the last one, and one for a past version. */
    public static final int DEFAULT_KEPT = 2;

    private final SnapshotPolicy policy;
    private final int kept;
    private final Optional<SnapshotStore> store;
    private final Optional<Executor> executor;

    private SnapshotOptions(
            SnapshotPolicy policy, int kept, Optional<SnapshotStore> store, Optional<Executor> executor) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.kept = kept;
        this.store = store;
        this.executor = executor;
    }

    /** Takes them when the policy says so, and keeps {@value #DEFAULT_KEPT} of each aggregate in the event store. */
    public static SnapshotOptions of(SnapshotPolicy policy) {
        return new SnapshotOptions(policy, DEFAULT_KEPT, Optional.empty(), Optional.empty());
    }

    /**
     * Keeps so many of each aggregate, the latest ones. Past versions are made from the latest one before them.
     *
     * @param snapshots 1 or more
     */
    public SnapshotOptions keeping(int snapshots) {
        SnapshotStore.requireKept(snapshots);
        return new SnapshotOptions(policy, snapshots, store, executor);
    }

    /** Keeps them elsewhere than beside the events. */
    public SnapshotOptions in(SnapshotStore snapshots) {
        return new SnapshotOptions(policy, kept, Optional.of(snapshots), executor);
    }

    /**
     * Writes those that the policy asks for by these threads. Without it, there is one thread for them, and a save waits for
     * none of it. An executor that runs them at once does so behind the commit, while a transaction of the caller's may still
     * hold its connection.
     */
    public SnapshotOptions writtenBy(Executor threads) {
        return new SnapshotOptions(policy, kept, store, Optional.of(threads));
    }

    public SnapshotPolicy policy() {
        return policy;
    }

    public int kept() {
        return kept;
    }

    /** Empty for the event store. */
    public Optional<SnapshotStore> store() {
        return store;
    }

    /** Empty for a thread of its own. */
    public Optional<Executor> executor() {
        return executor;
    }
}
