package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscriptionThreads;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments that a node works on. They are taken, kept and given up by the thread of the {@link Coordinator}; any other may
 * ask for them and wake them.
 */
final class OwnSegments {

    private static final Logger log = LoggerFactory.getLogger(OwnSegments.class);

    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Node node;
    private final Map<SegmentId, SegmentWorker> workers = new ConcurrentHashMap<>();
    private final Map<SegmentId, Long> freeSince = new HashMap<>();
    private final ExecutorService executor = SubscriptionThreads.create("eventsourcing-projection-");

    OwnSegments(Node node) {
        this.node = node;
    }

    /** Those of a projection. */
    List<SegmentWorker> of(String projection) {
        return workers.values().stream()
                .filter(worker -> worker.segment().projection().equals(projection) && !worker.isLost())
                .toList();
    }

    /** Somebody has just taken all of a projection from its owners. */
    void lose(String projection) {
        of(projection).forEach(SegmentWorker::lose);
    }

    /** There is an event that may be theirs. */
    void wake() {
        workers.values().forEach(SegmentWorker::wake);
    }

    /** When the first of them wants to be tended, in nanoseconds from now, at most as many as these. */
    long nanosToWait(long most) {
        return workers.values().stream().mapToLong(SegmentWorker::nanosToWait).reduce(most, Math::min);
    }

    /** Does what is due for each. */
    void tend() {
        workers.values().forEach(this::tend);
    }

    private void tend(SegmentWorker worker) {
        try {
            if (worker.isStopping()) {
                giveUp(worker);
            } else {
                worker.tend();
            }
        } catch (RuntimeException e) {
            log.warn("{} can't be kept, which is tried again", worker.segment(), e);
        }
    }

    /** The projections of which a handler hangs. */
    Set<String> stuck() {
        return workers.values().stream()
                .filter(SegmentWorker::isStuck)
                .map(worker -> worker.segment().projection())
                .collect(Collectors.toSet());
    }

    /** Keeps a segment, gives it up or takes it, as it stands. */
    void look(RunningProjection projection, ProjectionState state, SegmentState segment) {
        boolean isMine = state.fallsTo(node.name(), segment.segment());
        SegmentWorker worker = workers.get(segment.segment());
        if (worker != null) {
            worker.limitTo(segment.limit());
            keep(worker, isMine && !state.rests());
        }
        boolean isFree = segment.owner().isEmpty() && !workers.containsKey(segment.segment());
        if (isFree && !state.rests() && (isMine || isLeftBehind(segment.segment()))) {
            take(projection, segment);
        }
        if (segment.owner().isPresent()) {
            freeSince.remove(segment.segment());
        }
    }

    private boolean isLeftBehind(SegmentId segment) {
        long now = System.nanoTime();
        return now - freeSince.computeIfAbsent(segment, each -> now)
                > node.lease().toNanos() / 2;
    }

    private void keep(SegmentWorker worker, boolean isToStay) {
        if (!worker.isLost() && isToStay) {
            worker.renew();
            worker.lookForTimeouts();
        }
        if (worker.isLost() || !isToStay) {
            worker.stop();
        }
        if (worker.isStopping()) {
            giveUp(worker);
        }
    }

    /** When its batch has ended. */
    private void giveUp(SegmentWorker worker) {
        if (worker.isIdle()) {
            worker.release();
            workers.remove(worker.segment());
            node.progress().run();
        }
    }

    private void take(RunningProjection projection, SegmentState segment) {
        Optional<Lease> lease = node.store().acquire(segment.segment(), node.name(), node.lease());
        if (lease.isPresent()) {
            log.debug(
                    "{} works on {} behind {}",
                    node.name(),
                    segment.segment(),
                    lease.get().position());
            SegmentWorker worker = new SegmentWorker(projection, node, lease.get(), executor);
            workers.put(segment.segment(), worker);
            worker.limitTo(segment.limit());
            worker.wake();
        }
    }

    /** Hands on what others have left to be done with parked events. */
    void passOnRequests(String projection) {
        List<SegmentWorker> mine = of(projection);
        if (!mine.isEmpty()) {
            node.store().deadLetters().requests(projection).forEach((stream, request) -> passOn(mine, stream, request));
        }
    }

    private static void passOn(List<SegmentWorker> workers, StreamName stream, DeadLetters.Request request) {
        workers.stream()
                .filter(worker -> worker.segment().holds(stream))
                .forEach(worker -> worker.request(stream, request));
    }

    /** Gives up those that are no more. */
    void giveUpAllBut(Collection<SegmentId> there) {
        workers.values().stream()
                .filter(worker -> !there.contains(worker.segment()))
                .forEach(worker -> keep(worker, false));
    }

    /** Waits for batches that have begun, for 10 seconds at most, and gives everything up. */
    void leave() {
        long end = System.nanoTime() + STOP_NANOS;
        workers.values().forEach(SegmentWorker::stop);
        while (!workers.isEmpty() && System.nanoTime() < end) {
            leaveThoseThatAreIdle();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void leaveThoseThatAreIdle() {
        Iterator<SegmentWorker> left = workers.values().iterator();
        while (left.hasNext()) {
            SegmentWorker worker = left.next();
            if (worker.isIdle()) {
                left.remove();
                try {
                    worker.release();
                } catch (RuntimeException e) {
                    log.debug("{} can't be released, which its lease will do", worker.segment(), e);
                }
            }
        }
    }

    /** When there are none any more. */
    void close() {
        executor.shutdown();
    }
}
