package io.eventsourcing.store;

/** A store that keeps snapshots beside its events. */
public interface SnapshotSource {

    /** Always the same. It works for as long as the store is open. */
    SnapshotStore snapshots();
}
