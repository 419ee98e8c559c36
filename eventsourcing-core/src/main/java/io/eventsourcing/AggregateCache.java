package io.eventsourcing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.Tenants;
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

    private record Key(String tenant, SnapshotName name) {}

    private final Cache<Key, Entry> entries;
    private final String tenant;

    private AggregateCache(Cache<Key, Entry> entries, String tenant) {
        this.entries = entries;
        this.tenant = tenant;
    }

    private static AggregateCache ofEntries(int size) {
        // each load asks it, and waking another thread would cost more than what that thread tidies up
        return new AggregateCache(
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build(), Tenants.DEFAULT);
    }

    /** For the aggregates of a tenant, with the same size for all together. */
    AggregateCache forTenant(String id) {
        return new AggregateCache(entries, id);
    }

    private Key key(SnapshotName name) {
        return new Key(tenant, name);
    }

    /**
     * @return null for a size of 0
     * @throws IllegalStateException if the library isn't there
     */
    static @Nullable AggregateCache of(int size) {
        try {
            return size == 0 ? null : ofEntries(size);
        } catch (LinkageError e) {
            throw new IllegalStateException(CURE, e);
        }
    }

    @Nullable
    Entry find(SnapshotName name) {
        return entries.getIfPresent(key(name));
    }

    void put(Entry entry) {
        entries.put(key(entry.snapshot().name()), entry);
    }

    void remove(SnapshotName name) {
        entries.invalidate(key(name));
    }
}
