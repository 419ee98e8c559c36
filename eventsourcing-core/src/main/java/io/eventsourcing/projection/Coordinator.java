package io.eventsourcing.projection;

import io.eventsourcing.store.BackOff;
import io.eventsourcing.store.SubscriptionThreads;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the segments of a node worked on that fall to it: at intervals, it says that the node is there, looks how everything
 * stands, takes what is free and its own, gives away what falls to another node, and keeps the leases. One thread does all of
 * this.
 *
 * <p>The segments are dealt out to the nodes in turn, by an order that all of them see. A segment that the node which it falls
 * to doesn't take is taken by any other.
 */
final class Coordinator {

    private static final Logger log = LoggerFactory.getLogger(Coordinator.class);

    /** How often it looks while a lease holds. */
    private static final int LOOKS = 4;

    private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Node node;
    private final Map<String, RunningProjection> projections;
    private final Map<SegmentId, SegmentWorker> workers = new ConcurrentHashMap<>();
    private final Map<SegmentId, Long> freeSince = new HashMap<>();
    private final ExecutorService executor = SubscriptionThreads.create("eventsourcing-projection-");
    private final Thread thread = SubscriptionThreads.daemon(this::run, "eventsourcing-projections");
    private final BackOff backOff = new BackOff();
    private volatile boolean stopping;
    private volatile boolean lookNow = true;
    private volatile @Nullable Throwable failure;
    private boolean created;
    private long nextLook = System.nanoTime();

    Coordinator(Node node, Map<String, RunningProjection> projections) {
        this.node = node;
        this.projections = projections;
    }

    void start() {
        thread.start();
    }

    /** Why nothing can be done at present. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Those of a projection that this node works on. */
    List<SegmentWorker> workers(String projection) {
        return workers.values().stream()
                .filter(worker -> worker.segment().projection().equals(projection))
                .toList();
    }

    /** There is an event that may be theirs. */
    void wakeWorkers() {
        workers.values().forEach(SegmentWorker::wake);
    }

    /** Something is to be done before its time. */
    void attend() {
        LockSupport.unpark(thread);
    }

    /** Looks how everything stands before its time. */
    void lookNow() {
        lookNow = true;
        attend();
    }

    /** Waits for batches that have begun, gives all segments away, and returns. */
    void stop() {
        stopping = true;
        attend();
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(2 * STOP_NANOS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
    }

    private void run() {
        while (!stopping) {
            long nanos = nanosToWait();
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
            if (!stopping) {
                lookIfDue();
                workers.values().forEach(this::tend);
            }
        }
        leave();
    }

    private long nanosToWait() {
        long nanos = lookNow ? 0 : nextLook - System.nanoTime();
        for (SegmentWorker worker : workers.values()) {
            nanos = Math.min(nanos, worker.nanosToWait());
        }
        return nanos;
    }

    private void lookIfDue() {
        if (!lookNow && nextLook - System.nanoTime() > 0) {
            return;
        }
        lookNow = false;
        try {
            look();
            failure = null;
            backOff.reset();
            nextLook = System.nanoTime() + node.lease().toNanos() / LOOKS;
        } catch (RuntimeException | Error e) {
            Duration pause = backOff.next();
            failure = e;
            nextLook = System.nanoTime() + pause.toNanos();
            log.warn("Projections can't go on, which is tried again in {} ms", pause.toMillis(), e);
        }
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

    private void look() {
        node.feed().start();
        create();
        node.store().announce(node.name(), working(), node.lease());
        List<ProjectionState> states = node.store().states(projections.keySet());
        for (ProjectionState state : states) {
            state.segments().forEach(segment -> look(state, segment));
            passOnRequests(state.projection());
        }
        giveUpThoseThatAreNoMore(states);
    }

    private void create() {
        if (!created) {
            projections
                    .values()
                    .forEach(projection -> node.store()
                            .create(
                                    projection.name(),
                                    projection.options().segments(),
                                    projection.beginsAtTheEnd() ? node.feed().beginning() : 0));
            created = true;
        }
    }

    /** A node whose handler hangs leaves its projection to others. */
    private Collection<String> working() {
        Set<String> stuck = workers.values().stream()
                .filter(SegmentWorker::isStuck)
                .map(worker -> worker.segment().projection())
                .collect(Collectors.toSet());
        return projections.keySet().stream()
                .filter(name -> !stuck.contains(name))
                .toList();
    }

    private void look(ProjectionState state, SegmentState segment) {
        boolean isMine = state.fallsTo(node.name(), segment.segment());
        SegmentWorker worker = workers.get(segment.segment());
        if (worker != null) {
            keep(worker, isMine && !state.paused());
        } else if (!state.paused() && segment.owner().isEmpty() && (isMine || isLeftBehind(segment.segment()))) {
            take(segment.segment());
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
        if (worker.isLost() || !isToStay) {
            worker.stop();
        }
        if (worker.isStopping()) {
            giveUp(worker);
        } else {
            worker.renew();
            worker.lookForTimeouts();
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

    private void take(SegmentId segment) {
        RunningProjection projection = projections.get(segment.projection());
        Optional<Lease> lease = node.store().acquire(segment, node.name(), node.lease());
        if (lease.isPresent() && projection != null) {
            log.debug(
                    "{} works on {} behind {}",
                    node.name(),
                    segment,
                    lease.get().position());
            SegmentWorker worker = new SegmentWorker(projection, node, lease.get(), executor);
            workers.put(segment, worker);
            worker.wake();
        }
    }

    private void passOnRequests(String projection) {
        List<SegmentWorker> mine = workers(projection);
        if (!mine.isEmpty()) {
            node.store()
                    .deadLetters()
                    .requests(projection)
                    .forEach((stream, request) -> mine.stream()
                            .filter(worker -> worker.segment().holds(stream))
                            .forEach(worker -> worker.request(stream, request)));
        }
    }

    private void giveUpThoseThatAreNoMore(List<ProjectionState> states) {
        Set<SegmentId> there = states.stream()
                .flatMap(state -> state.segments().stream())
                .map(SegmentState::segment)
                .collect(Collectors.toSet());
        workers.values().stream()
                .filter(worker -> !there.contains(worker.segment()))
                .forEach(worker -> keep(worker, false));
    }

    private void leave() {
        long end = System.nanoTime() + STOP_NANOS;
        workers.values().forEach(SegmentWorker::stop);
        while (!workers.isEmpty() && System.nanoTime() < end) {
            leaveThoseThatAreIdle();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        try {
            node.store().withdraw(node.name());
        } catch (RuntimeException e) {
            log.debug("{} can't say that it leaves, which the others will find out", node.name(), e);
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
}
