package io.eventsourcing.store;

import java.util.Optional;

/**
 * Keeps snapshots: what was made of events, so that not all of them have to be read again. They are not events, and stand in
 * no read of them, no subscription and no {@link Catalogue}. All of them can be lost without harm.
 *
 * <p>A store doesn't look at the events. A snapshot may be of a position that its stream doesn't have any more, or not yet:
 * because the stream was deleted, or the events were restored from a backup. Whoever reads one compares its {@link
 * Snapshot#lastEvent()} with the event at its position.
 *
 * <p>Saving and deleting take no part in a transaction of the caller's: they are done when they return. Implementations are
 * thread-safe.
 */
public interface SnapshotStore {

    /**
     * Saves a snapshot. One of a later position is never replaced, nor put behind: if there is one, nothing happens. One of
     * the same position is replaced.
     *
     * @param kept how many of this name are kept at least, the latest ones; older ones go. 1 or more
     */
    void save(Snapshot snapshot, int kept);

    /** The one of the highest position. */
    default Optional<Snapshot> latest(SnapshotName name) {
        return latest(name, Long.MAX_VALUE);
    }

    /** The one of the highest position that is at most this one. */
    Optional<Snapshot> latest(SnapshotName name, long position);

    /** Deletes all of this name. Where there are none, nothing happens. */
    void delete(SnapshotName name);

    /**
     * The snapshots of a tenant, which are others than those of the same names that this and other tenants have.
     *
     * @param id as {@link Tenants#forTenant} wants it
     * @throws UnsupportedByStoreException if snapshots can't be kept by tenant
     */
    default SnapshotStore forTenant(String id) {
        throw new UnsupportedByStoreException(
                "keeping snapshots by tenant", getClass().getSimpleName());
    }

    /** @throws IllegalArgumentException if it is none to keep at least one */
    static void requireKept(int kept) {
        if (kept < 1) {
            throw new IllegalArgumentException("At least 1 snapshot is kept, not " + kept);
        }
    }
}
