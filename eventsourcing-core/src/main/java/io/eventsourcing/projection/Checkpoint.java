package io.eventsourcing.projection;

/**
 * Up to where a segment is done, the lease under which that is kept, and how far it may go. It is moved by one thread at a
 * time; what it says can be asked by any, and any may limit it.
 */
final class Checkpoint {

    private final RunningProjection projection;
    private final Node node;
    private volatile Lease lease;
    private volatile long position;
    private volatile long limit;
    private volatile long batchBegan;
    private volatile boolean inBatch;

    Checkpoint(RunningProjection projection, Node node, Lease lease) {
        this.projection = projection;
        this.node = node;
        this.lease = lease;
        this.position = lease.position();
        this.limit = SegmentState.NO_LIMIT;
    }

    /** As the store knows it. */
    Lease lease() {
        return lease;
    }

    SegmentId segment() {
        return lease.segment();
    }

    /** Whether an event was handled once before, so that its side effects have happened. */
    boolean isReplay(long commitPosition) {
        return projection.isRebuild() || commitPosition <= lease.replayUntil();
    }

    /** Up to where it is done; the store may not know all of it yet. */
    long position() {
        return Math.min(position, limit);
    }

    /** Up to where it may go. */
    long limit() {
        return limit;
    }

    /** @param farthest not less than the position that the store knows */
    void limitTo(long farthest) {
        limit = farthest;
    }

    /** For how long the present batch has run, in nanoseconds; 0 if there is none. */
    long batchNanos() {
        return inBatch ? Math.max(1, System.nanoTime() - batchBegan) : 0;
    }

    /**
     * There is nothing to do up to a position. The store learns of it later.
     *
     * @return whether it was farther than before
     */
    boolean pass(long end) {
        long before = position();
        position = Math.max(before, end);
        return position() > before;
    }

    /**
     * Runs a batch, and keeps what it has come to.
     *
     * @throws StaleLeaseException if somebody else has taken the segment over
     * @throws SegmentLimitException if the batch went farther than the segment may
     */
    void advance(ProjectionStore.Batch batch) {
        batchBegan = System.nanoTime();
        inBatch = true;
        try {
            lease = node.store().advance(lease.at(position()), node.lease(), () -> projection.write(batch::run));
            position = Math.max(position(), lease.position());
        } finally {
            inBatch = false;
        }
    }
}
