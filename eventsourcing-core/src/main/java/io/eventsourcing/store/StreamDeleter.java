package io.eventsourcing.store;

/**
 * Deletes streams. To readers, a stream that was deleted has no events, no position, and no place among the names of a
 * {@link Catalogue}. Its events aren't erased: they stay where they are in the read of all events, in what is followed by
 * subscriptions, in the queries of conditions and in the counts of event types. So nobody who follows the store misses
 * anything, and what must become unreadable has to be encrypted.
 *
 * <p>An append to the stream that runs at the same time comes before the deletion, and is deleted with the rest, or behind
 * it. A read of the stream that runs at the same time may still show the events that it had, or end early.
 *
 * <p>Snapshots of the stream stay where they are, and whoever reads one finds out that it is of no use: see {@link
 * SnapshotStore}.
 */
public interface StreamDeleter {

    /**
     * Deletes a stream's events up to its last one. Where there are none, nothing happens, whatever is expected: so a
     * deletion can be repeated.
     *
     * <p>The stream can be appended to again, and its positions go on behind the last event that was deleted. It has no
     * events for {@link ExpectedPosition#noStream()}, {@link ExpectedPosition#any()} and {@link
     * ExpectedPosition#streamExists()}; and an append that expects exactly the position of that last event is accepted too,
     * since to follow it is what it asks for. Whoever can't have that writes a tombstone. An append that comes again after
     * its events were deleted isn't recognised by every store.
     *
     * @throws VersionConflictException if the stream has events and isn't as expected; nothing was deleted
     */
    void delete(StreamName stream, ExpectedPosition expected);

    /**
     * Deletes a stream for good: from now on, each append of an event to it is refused with {@link
     * StreamTombstonedException}. Where there never was an event, nothing happens, nor where a tombstone is already. A
     * stream that was deleted gets one whatever is expected.
     *
     * @throws VersionConflictException if the stream has events and isn't as expected; nothing was deleted
     */
    void tombstone(StreamName stream, ExpectedPosition expected);
}
