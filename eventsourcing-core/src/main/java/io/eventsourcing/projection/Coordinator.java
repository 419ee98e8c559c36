package io.eventsourcing.projection;

import io.eventsourcing.store.BackOff;
import io.eventsourcing.store.SubscriptionThreads;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the segments of a node worked on that fall to it: at intervals, it says that the node is there, looks how everything
 * stands, takes what is free and its own, gives away what falls to another node, and keeps the leases. One thread does all of
 * this.
 *
 * <p>The segments are dealt out to the nodes in turn, by an order that all of them see. A segment that the node which it falls
 * to doesn't take is taken by any other. Whatever is to be divided anew, any of them divides.
 */
final class Coordinator {

    private static final Logger log = LoggerFactory.getLogger(Coordinator.class);

    /** How often it looks while a lease holds. */
    private static final int LOOKS = 4;

    /** How long it waits for the next look while others wait for it, at most. */
    private static final long CHANGE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final Node node;
    private final Map<String, RunningProjection> projections;
    private final OwnSegments own;
    private final Thread thread = SubscriptionThreads.daemon(this::run, "eventsourcing-projections");
    private final BackOff backOff = new BackOff();
    private volatile boolean stopping;
    private volatile boolean lookNow = true;
    private volatile @Nullable Throwable failure;
    private boolean created;
    private Set<String> rebuilt = Set.of();
    private long nextLook = System.nanoTime();

    Coordinator(Node node, Map<String, RunningProjection> projections) {
        this.node = node;
        this.projections = projections;
        this.own = new OwnSegments(node);
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
        return own.of(projection);
    }

    /** Somebody has just taken all of a projection from its owners. */
    void lose(String projection) {
        own.lose(projection);
        lookNow();
    }

    /** There is an event that may be theirs. */
    void wakeWorkers() {
        own.wake();
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
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        own.close();
    }

    private void run() {
        while (!stopping) {
            long nanos = own.nanosToWait(lookNow ? 0 : nextLook - System.nanoTime());
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
            if (!stopping) {
                lookIfDue();
                own.tend();
            }
        }
        leave();
    }

    private void lookIfDue() {
        if (!lookNow && nextLook - System.nanoTime() > 0) {
            return;
        }
        lookNow = false;
        try {
            boolean isChanging = look();
            failure = null;
            backOff.reset();
            long interval = node.lease().toNanos() / LOOKS;
            nextLook = System.nanoTime() + (isChanging ? Math.min(interval, CHANGE_NANOS) : interval);
        } catch (RuntimeException | Error e) {
            Duration pause = backOff.next();
            failure = e;
            nextLook = System.nanoTime() + pause.toNanos();
            log.warn("Projections can't go on, which is tried again in {} ms", pause.toMillis(), e);
        }
    }

    /** @return whether something is changing that others wait for */
    private boolean look() {
        node.feed().start();
        create();
        node.store().announce(node.name(), working(), node.lease());
        Map<String, ProjectionState> states = states();
        states.values().forEach(state -> look(state, states));
        own.giveUpAllBut(segments(states.values()));
        boolean isChanging = false;
        for (ProjectionState state : states.values()) {
            isChanging |= divides(state) || state.held();
        }
        return isChanging;
    }

    /** By the names of projections and rebuilds. */
    private Map<String, ProjectionState> states() {
        List<String> names = projections.keySet().stream()
                .flatMap(name -> Stream.of(name, RebuildStore.nameOf(name)))
                .toList();
        Map<String, ProjectionState> states = new TreeMap<>();
        node.store().states(names).forEach(state -> states.put(state.projection(), state));
        Set<String> before = rebuilt;
        rebuilt = projections.keySet().stream()
                .filter(name -> states.containsKey(RebuildStore.nameOf(name)))
                .collect(Collectors.toSet());
        if (!before.containsAll(rebuilt)) {
            lookNow = true; // to announce itself for them
        }
        return states;
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
        Set<String> stuck = own.stuck();
        return Stream.concat(projections.keySet().stream(), rebuilt.stream().map(RebuildStore::nameOf))
                .filter(name -> !stuck.contains(name))
                .toList();
    }

    private void look(ProjectionState state, Map<String, ProjectionState> all) {
        RunningProjection projection = projections.get(state.projection());
        if (projection != null) {
            state.segments().forEach(segment -> own.look(projection, state, segment));
            own.passOnRequests(state.projection());
            ProjectionState rebuild = all.get(RebuildStore.nameOf(state.projection()));
            if (rebuild != null) {
                lookAtRebuild(projection.rebuild(node.store().tables()), rebuild, state.segments());
            }
        }
    }

    /** Each of its segments goes as far as the live one has, so that both can meet. */
    private void lookAtRebuild(RunningProjection projection, ProjectionState state, List<SegmentState> live) {
        for (int i = 0; i < Math.min(live.size(), state.segments().size()); i++) {
            own.look(
                    projection,
                    state,
                    state.segments().get(i).limitedTo(live.get(i).position()));
        }
    }

    private static Set<SegmentId> segments(Collection<ProjectionState> states) {
        return states.stream()
                .flatMap(state -> state.segments().stream())
                .map(SegmentState::segment)
                .collect(Collectors.toSet());
    }

    /** Divides a projection anew, if somebody wishes it. */
    private boolean divides(ProjectionState state) {
        if (state.wantedSegments().isPresent() && node.store().divide(state.projection())) {
            log.info(
                    "Projection {} is divided into {} segments now",
                    state.projection(),
                    state.wantedSegments().getAsInt());
            lookNow = true;
        }
        return state.wantedSegments().isPresent();
    }

    private void leave() {
        own.leave();
        try {
            node.store().withdraw(node.name());
        } catch (RuntimeException e) {
            log.debug("{} can't say that it leaves, which the others will find out", node.name(), e);
        }
    }
}
