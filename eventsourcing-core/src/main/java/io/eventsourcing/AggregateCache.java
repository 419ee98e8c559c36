package io.eventsourcing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates as snapshots in memory, the most used ones. What is kept is their state, written: whoever gets an aggregate has
 * one of their own, and whatever they do to it changes nothing here. Thread-safe.
 */
final class AggregateCache {

    /** @param progress what was known then of the snapshots that are stored */
    record Entry(Snapshot snapshot, SnapshotProgress progress) {}

    private static final String CURE =
            "A repository that keeps aggregates needs a library: add com.github.ben-manes.caffeine:caffeine";

    private final Cache<SnapshotName, Entry> entries;

    private AggregateCache(int size) {
        // each load asks it, and waking another thread would cost more than what that thread tidies up
        this.entries =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
    }

    /**
     * @return null for a size of 0
     * @throws IllegalStateException if the library isn't there
     */
    static @Nullable AggregateCache of(int size) {
        try {
            return size == 0 ? null : new AggregateCache(size);
        } catch (LinkageError e) {
            throw new IllegalStateException(CURE, e);
        }
    }

    @Nullable
    Entry find(SnapshotName name) {
        return entries.getIfPresent(name);
    }

    void put(Entry entry) {
        entries.put(entry.snapshot().name(), entry);
    }

    void remove(SnapshotName name) {
        entries.invalidate(name);
    }
}
