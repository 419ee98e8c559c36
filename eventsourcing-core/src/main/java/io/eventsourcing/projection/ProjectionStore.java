package io.eventsourcing.projection;

import io.eventsourcing.store.UnsupportedByStoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where projections keep how far they have come, and which node works on what. Whether a lease holds is decided by the
 * clock of the store, never by that of a node. Thread-safe.
 */
public interface ProjectionStore {

    /** Handles some events. It throws only if nothing is to be kept of what it did. */
    @FunctionalInterface
    interface Batch {
        BatchResult run();
    }

    /**
     * What a batch has come to.
     *
     * @param position up to where the segment is done now
     * @param parked to be added; one that is parked already is replaced, and its request forgotten
     * @param settled to be removed
     * @param timeouts what becomes of timeouts, in its order
     */
    record BatchResult(long position, List<DeadLetter> parked, List<DeadLetter> settled, List<TimeoutChange> timeouts) {

        public BatchResult {
            parked = List.copyOf(parked);
            settled = List.copyOf(settled);
            timeouts = List.copyOf(timeouts);
        }

        /** Nothing becomes of timeouts. */
        public BatchResult(long position, List<DeadLetter> parked, List<DeadLetter> settled) {
            this(position, parked, settled, List.of());
        }

        /** Nothing was parked or settled. */
        public static BatchResult at(long position) {
            return new BatchResult(position, List.of(), List.of());
        }
    }

    /** A short text for logs: which backend, without secrets. */
    String description();

    /**
     * Makes a projection, divided into segments. Does nothing if there is one of this name.
     *
     * @param position behind which it begins
     */
    void create(String projection, int segments, long position);

    /** How these projections stand; those that weren't created are left out. */
    List<ProjectionState> states(Collection<String> projections);

    /** Says that a node is ready to work on these projections, for as long as the duration. */
    void announce(String node, Collection<String> projections, Duration duration);

    /** Says that a node isn't ready any more. */
    void withdraw(String node);

    /** @return empty if a lease of the segment holds, whosever it is, or there is no such segment */
    Optional<Lease> acquire(SegmentId segment, String node, Duration duration);

    /**
     * Prolongs a lease, and moves the segment's position to that of the lease, unless it is farther. Where the segment has
     * a limit, it isn't moved beyond it.
     *
     * @return false if somebody else has taken the segment over
     */
    boolean renew(Lease lease, Duration duration);

    /** Ends a lease, if it is still the latest of its segment. */
    void release(Lease lease);

    /**
     * Runs a batch and keeps what it has come to, in one transaction: what the batch writes to the same database is there
     * if and only if the position has moved. The lease is prolonged.
     *
     * @param lease at the position behind which the batch begins
     * @return the lease at its new position
     * @throws StaleLeaseException if somebody else has taken the segment over, or it is farther than the lease says, since a
     *     batch was kept of which the owner was told that it failed; nothing is kept
     * @throws TimeoutGoneException if a timeout isn't there any more that was carried out; nothing is kept
     * @throws SegmentLimitException if the batch went farther than the segment may; nothing is kept
     * @throws RuntimeException what the batch throws; nothing is kept
     */
    Lease advance(Lease lease, Duration duration, Batch batch);

    /** Says for all nodes whether a projection is to rest. They heed it soon. */
    void pause(String projection, boolean paused);

    /**
     * Says for all nodes into how many segments a projection is to be divided from now on. They heed it soon, by {@link
     * #divide}. Does nothing if there is no such projection.
     *
     * @param segments 1 to {@value SegmentId#SLOTS}
     * @throws IllegalStateException if it is being rebuilt
     */
    void resize(String projection, int segments);

    /**
     * Divides a projection as it is wanted, in one transaction, if its segments allow it by {@link SegmentDivision}: the new
     * ones have no owners, and no lease of an earlier one holds. Otherwise all of them get a limit, so that it can be done
     * later.
     *
     * @return whether it was done now; false also if nothing is wanted
     */
    boolean divide(String projection);

    /**
     * Lets a projection begin anew, in one transaction: runs what empties its tables, forgets what is parked, and moves its
     * segments back to 0, without owners or limits; no lease of before holds. Events up to where each segment was are a
     * replay. Does nothing if there is no such projection.
     *
     * @throws IllegalStateException if it is being rebuilt
     * @throws RuntimeException what the work throws; nothing has changed
     */
    void reset(String projection, Runnable work);

    /**
     * Rebuilds of its projections.
     *
     * @throws UnsupportedByStoreException if this store can't keep them
     */
    default RebuildStore rebuilds() {
        throw new UnsupportedByStoreException("rebuilds of projections", description());
    }

    /** What was parked. */
    DeadLetters deadLetters();

    /**
     * The timeouts of process managers.
     *
     * @throws UnsupportedByStoreException if this store keeps none
     */
    default TimeoutStore timeouts() {
        throw new UnsupportedByStoreException("timeouts of process managers", description());
    }

    /**
     * What projections write to, beside how far they have come.
     *
     * @throws UnsupportedByStoreException if this store has no tables
     */
    default ProjectionTables tables() {
        throw new UnsupportedByStoreException("tables of projections beside their checkpoints", description());
    }
}
