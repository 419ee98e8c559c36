package io.eventsourcing.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where rebuilds are kept: each is a projection of a {@link ProjectionStore} beside the one that is rebuilt, under a name that
 * no other can have. The live projection is neither divided nor reset while there is a rebuild of it. Thread-safe.
 */
public interface RebuildStore {

    /** What the rebuild of a projection is called among projections. */
    static String nameOf(String projection) {
        return projection + ":rebuild";
    }

    /** The same segments, at 0. For whoever writes a store. */
    static List<SegmentCheckpoint> beginning(List<SegmentCheckpoint> live) {
        return live.stream()
                .map(checkpoint -> {
                    SegmentId segment = checkpoint.segment();
                    return new SegmentCheckpoint(
                            new SegmentId(nameOf(segment.projection()), segment.first(), segment.last()), 0, 0);
                })
                .toList();
    }

    /** Why there can't be a rebuild now. For whoever writes a store. */
    static IllegalStateException isBeingDivided(String projection) {
        return new IllegalStateException(
                "The projection " + projection + " is just being divided into other segments: wait until that is done");
    }

    /** Why the live projection can't be changed now. For whoever writes a store. */
    static IllegalStateException isBeingRebuilt(String projection) {
        return new IllegalStateException(
                "The projection " + projection + " is being rebuilt: complete that, or cancel it first");
    }

    /**
     * Makes a rebuild of a projection, which is paused: it has the same segments, at 0.
     *
     * @return false if there is one already, or no such projection
     * @throws IllegalStateException if the projection is to be divided anew
     */
    boolean create(String projection);

    /** When the rebuild of a projection was made; empty if there is none. */
    Optional<Instant> since(String projection);

    /** Lets a projection rest on all nodes, for so long by the clock of the store, and no longer. They heed it soon. */
    void hold(String projection, Duration duration);

    /**
     * Puts the rebuild in the place of the live projection, in one transaction, if each of its segments is where the live one
     * is: runs what replaces the tables, gives the live projection the rebuild's dead letters instead of its own, lets nobody
     * hold it any more, and removes the rebuild. No lease of before holds for either.
     *
     * @return false if they aren't at the same places, or there is no rebuild; nothing has changed
     * @throws RuntimeException what the work throws; nothing has changed
     */
    boolean complete(String projection, Runnable work);

    /**
     * Removes the rebuild of a projection, and what is parked of it. No lease of it holds, nor will it for a later rebuild.
     *
     * @return false if there is none
     */
    boolean remove(String projection);
}
