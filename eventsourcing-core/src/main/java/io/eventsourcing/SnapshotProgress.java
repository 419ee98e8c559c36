package io.eventsourcing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate knows of its snapshots. Immutable.
 *
 * @param position of the last one; -1 if there is none that could be used
 * @param takenAt of the last one; null if there is none
 * @param anew whether one was found that is of no use, so that those that are there go when the next one is stored
 * @param personal whether some of the aggregate's stored events are encrypted for subjects that can be forgotten
 * @param lastEvent the last event that was read or stored; null before the first one
 */
record SnapshotProgress(
        long position,
        @Nullable Instant takenAt,
        boolean anew,
        boolean personal,
        @Nullable UUID lastEvent) {

    static final SnapshotProgress NONE = new SnapshotProgress(-1, null, false, false, null);

    SnapshotProgress stored(UUID event) {
        return new SnapshotProgress(position, takenAt, anew, personal, event);
    }

    SnapshotProgress taken(long newPosition, Instant now) {
        return new SnapshotProgress(newPosition, now, false, personal, lastEvent);
    }
}
