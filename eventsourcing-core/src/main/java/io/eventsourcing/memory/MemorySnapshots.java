package io.eventsourcing.memory;

import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps snapshots in memory, for as long as this object lives. Thread-safe. */
public final class MemorySnapshots implements SnapshotStore {

    private final Map<SnapshotName, TreeMap<Long, Snapshot>> byName = new HashMap<>();

    @Override
    public synchronized void save(Snapshot snapshot, int kept) {
        SnapshotStore.requireKept(kept);
        TreeMap<Long, Snapshot> snapshots = byName.computeIfAbsent(snapshot.name(), name -> new TreeMap<>());
        if (snapshots.higherKey(snapshot.position()) != null) {
            return;
        }
        snapshots.put(snapshot.position(), copy(snapshot));
        while (snapshots.size() > kept) {
            snapshots.pollFirstEntry();
        }
    }

    @Override
    public synchronized Optional<Snapshot> latest(SnapshotName name, long position) {
        return Optional.ofNullable(byName.get(name))
                .map(snapshots -> snapshots.floorEntry(position))
                .map(entry -> copy(entry.getValue()));
    }

    @Override
    public synchronized void delete(SnapshotName name) {
        byName.remove(name);
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
