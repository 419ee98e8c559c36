package io.eventsourcing.memory;

import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.Tenants;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps snapshots in memory, for as long as this object lives. Thread-safe. */
public final class MemorySnapshots implements SnapshotStore {

    private record Key(String tenant, SnapshotName name) {}

    /** Who uses it holds its lock. */
    private final Map<Key, TreeMap<Long, Snapshot>> byName;

    private final String tenant;

    public MemorySnapshots() {
        this(new HashMap<>(), Tenants.DEFAULT);
    }

    private MemorySnapshots(Map<Key, TreeMap<Long, Snapshot>> byName, String tenant) {
        this.byName = byName;
        this.tenant = tenant;
    }

    @Override
    public SnapshotStore forTenant(String id) {
        return new MemorySnapshots(byName, Tenants.requireId(id));
    }

    @Override
    public void save(Snapshot snapshot, int kept) {
        SnapshotStore.requireKept(kept);
        synchronized (byName) {
            TreeMap<Long, Snapshot> snapshots = byName.computeIfAbsent(key(snapshot.name()), name -> new TreeMap<>());
            if (snapshots.higherKey(snapshot.position()) != null) {
                return;
            }
            snapshots.put(snapshot.position(), copy(snapshot));
            while (snapshots.size() > kept) {
                snapshots.pollFirstEntry();
            }
        }
    }

    private Key key(SnapshotName name) {
        return new Key(tenant, name);
    }

    @Override
    public Optional<Snapshot> latest(SnapshotName name, long position) {
        synchronized (byName) {
            return Optional.ofNullable(byName.get(key(name)))
                    .map(snapshots -> snapshots.floorEntry(position))
                    .map(entry -> copy(entry.getValue()));
        }
    }

    @Override
    public void delete(SnapshotName name) {
        synchronized (byName) {
            byName.remove(key(name));
        }
    }

    /** What is handed over or out can be changed by whoever has it. */
    private static Snapshot copy(Snapshot snapshot) {
        return new Snapshot(
                snapshot.name(),
                snapshot.position(),
                snapshot.lastEvent(),
                snapshot.type(),
                snapshot.shape(),
                snapshot.data().clone(),
                snapshot.takenAt());
    }
}
