package io.eventsourcing.projection;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.DeadLetters.Request;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs projections: hands each event to its handlers, keeps how far they have come, and shares the work with other nodes
 * that run the same projections on the same {@link ProjectionStore}. Thread-safe.
 *
 * <p>Handlers and checkpoint have one transaction: what a handler writes to the database that holds the checkpoints happens
 * exactly once. What it does elsewhere happens at least once.
 *
 * <p>A handler that throws gets the event again, after pauses that grow. When the {@linkplain ProjectionOptions#retries
 * retries} are used up, the event is parked, and what follows in its stream is parked behind it, so that the order in the
 * stream stays; all other streams go on.
 */
public final class Projections implements AutoCloseable {

    private final Map<String, RunningProjection> projections;
    private final Node node;
    private final EventSourcing eventSourcing;
    private final Progress progress = new Progress();
    private final StatusReader statuses;
    private @Nullable Coordinator coordinator;

    Projections(ProjectionsBuilder builder) {
        this.eventSourcing = builder.eventSourcing;
        this.projections = new ConcurrentSkipListMap<>();
        Feed feed = new Feed(eventSourcing.store(), () -> tell(Coordinator::wakeWorkers));
        this.node = new Node(
                builder.node,
                builder.store,
                feed,
                builder.lease,
                builder.clock,
                () -> tell(Coordinator::attend),
                progress::moved);
        this.statuses = new StatusReader(eventSourcing.store(), node);
    }

    /** On events of this, with checkpoints there. */
    public static ProjectionsBuilder builder(EventSourcing eventSourcing, ProjectionStore store) {
        return new ProjectionsBuilder(eventSourcing, store);
    }

    /**
     * As {@link #add(ProjectionDefinition, ProjectionOptions)}, run as most are: a projection from the beginning, a process
     * manager with what comes from now on.
     */
    public void add(ProjectionDefinition projection) {
        ProjectionOptions options = ProjectionOptions.defaults();
        add(projection, projection.isProcess() ? options.withStart(ProjectionOptions.Start.END) : options);
    }

    /**
     * One more projection, before they run.
     *
     * @throws ProjectionDefinitionException if there is one of this name, its handlers want what can't be read, or
     *     its tables can't be rebuilt as they are
     * @throws IllegalStateException if they run
     */
    public synchronized void add(ProjectionDefinition projection, ProjectionOptions options) {
        if (coordinator != null) {
            throw new IllegalStateException("Stop the projections before one is added");
        }
        RunningProjection added = new RunningProjection(new BoundProjection(projection, eventSourcing), options);
        if (added.projection().hasTimeouts()) {
            node.store().timeouts(); // or it refuses
        }
        added.checkTables(node.store());
        if (projections.putIfAbsent(projection.name(), added) != null) {
            throw new ProjectionDefinitionException("There are two projections named " + projection.name()
                    + ": each needs a name of its own, since the store keeps by it how far it has come");
        }
    }

    /** If they run. */
    void tell(Consumer<Coordinator> message) {
        Coordinator running = coordinator();
        if (running != null) {
            message.accept(running);
        }
    }

    private synchronized @Nullable Coordinator coordinator() {
        return coordinator;
    }

    /**
     * Runs the projections on threads of their own, which keep no program from ending. Returns at once: a store that can't be
     * reached is tried again and again. Does nothing while they run.
     *
     * <p>If there is one that begins at the end, the store is asked where that is before this returns, so that such a one
     * handles everything that is stored from then on.
     */
    public synchronized void start() {
        if (coordinator == null && !projections.isEmpty()) {
            if (projections.values().stream().anyMatch(RunningProjection::beginsAtTheEnd)) {
                node.feed().findTheEnd();
            }
            coordinator = new Coordinator(node, projections);
            coordinator.start();
        }
    }

    /**
     * Waits for batches that have begun, for 10 seconds at most, and leaves the rest to other nodes. It can be started again.
     * Does nothing while it isn't running.
     */
    public void stop() {
        Coordinator running;
        synchronized (this) {
            running = coordinator;
            coordinator = null;
        }
        if (running != null) {
            running.stop();
            node.feed().close();
        }
    }

    public synchronized boolean isRunning() {
        return coordinator != null;
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /** The name of this node, which others see. */
    public String node() {
        return node.name();
    }

    /** Of the projections that this node runs. */
    public Set<String> names() {
        return Set.copyOf(projections.keySet());
    }

    /**
     * Waits until a projection has handled everything up to a position, on whichever node; what is parked counts as handled.
     * So that one reads what one has written, the position is that of {@link io.eventsourcing.SaveResult#commitPosition}.
     *
     * @return false if it has not come so far in time, or the thread was interrupted
     * @throws IllegalArgumentException if this node has no such projection
     */
    public boolean await(String projection, long position, Duration timeout) {
        RunningProjection awaited = require(projection);
        return await(() -> position(awaited.name()) >= position, timeout.toNanos());
    }

    /** @return whether it has come true in time */
    boolean await(BooleanSupplier condition, long nanos) {
        return progress.await(condition, nanos);
    }

    /**
     * Waits until all projections have handled every event that is in the store now.
     *
     * @return false if they have not come so far in time, or the thread was interrupted
     */
    public boolean awaitAll(Duration timeout) {
        long head = eventSourcing.store().lastPosition().orElse(0);
        long deadline = System.nanoTime() + timeout.toNanos();
        return projections.keySet().stream()
                .allMatch(name -> await(name, head, Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }

    private long position(String projection) {
        return statuses.position(projection, workers(projection));
    }

    /** Those of this node. */
    List<SegmentWorker> workers(String projection) {
        Coordinator running = coordinator();
        return running == null ? List.of() : running.workers(projection);
    }

    /**
     * How a projection stands.
     *
     * @return empty if it has never been run
     * @throws IllegalArgumentException if this node has no such projection
     * @throws io.eventsourcing.store.StoreUnavailableException if the store can't be reached
     */
    public Optional<ProjectionStatus> status(String projection) {
        return statuses.status(require(projection).projection(), workers(projection));
    }

    /** Why nothing can be done at present, such as a database that can't be reached. */
    public Optional<Throwable> failure() {
        Coordinator running = coordinator();
        return running == null ? Optional.empty() : running.failure();
    }

    /** Lets a projection rest, on all nodes, within a quarter of the lease, until it is resumed. */
    public void pause(String projection) {
        node.store().pause(require(projection).name(), true);
        tell(Coordinator::lookNow);
    }

    /** Lets a projection that was paused go on, on all nodes. */
    public void resume(String projection) {
        node.store().pause(require(projection).name(), false);
        tell(Coordinator::lookNow);
    }

    /**
     * Divides a projection into another number of segments while it runs, on all nodes. A segment is cut at once; where
     * some are to become one, the others wait until all of them are where the first of them is. Until it is done, a later
     * wish replaces it.
     *
     * @param segments 1 to {@value SegmentId#SLOTS}
     * @throws IllegalArgumentException if it is another number, or this node has no such projection
     */
    public void resize(String projection, int segments) {
        SegmentId.divide(projection, segments); // says what is wrong with the number
        node.store().resize(require(projection).name(), segments);
        tell(Coordinator::lookNow);
    }

    /**
     * Has all of a projection done anew from the first event on: its {@linkplain Projection#tables tables} are emptied, its
     * {@link ResetHandler} is called, what is parked of it is forgotten, and its position is 0, all in one transaction.
     * Handlers with {@linkplain EventHandler#sideEffects side effects} aren't called for events that were handled before.
     * Readers see what is there so far while it is done; a {@linkplain #rebuilds rebuild} spares them that. Other nodes learn
     * of it within a quarter of the lease.
     *
     * @throws IllegalStateException if the projection doesn't say what is to be emptied, events are parked whose handlers have
     *     side effects, or it is being rebuilt; nothing is changed
     * @throws io.eventsourcing.store.UnsupportedByStoreException if it has tables, and the store has none
     */
    public void reset(String projection) {
        new ProjectionReset(require(projection).projection(), node.store()).run();
        tell(running -> running.lose(projection));
    }

    /** Writes the tables of projections anew, beside themselves. */
    public Rebuilds rebuilds() {
        return new Rebuilds(this, node);
    }

    /** The first of the events that were parked, as many as are asked for. */
    public List<DeadLetter> deadLetters(String projection, int limit) {
        return node.store().deadLetters().first(require(projection).name(), limit);
    }

    /** The events of one stream that are parked, in their order, as many of the first as are asked for. */
    public List<DeadLetter> deadLetters(String projection, StreamName stream, int limit) {
        return node.store().deadLetters().ofStream(require(projection).name(), stream, limit);
    }

    /**
     * Has the events of a stream that are parked handled again, in their order, up to one that fails again. It is done soon,
     * by the node that owns the segment.
     *
     * @return false if nothing of the stream is parked
     */
    public boolean retry(String projection, StreamName stream) {
        return request(projection, stream, Request.RETRY);
    }

    /**
     * Has the first parked event of a stream left out for good, and those behind it handled.
     *
     * @return false if nothing of the stream is parked
     */
    public boolean skip(String projection, StreamName stream) {
        return request(projection, stream, Request.SKIP);
    }

    /** Those timeouts of a process manager that have failed too often, as many as are asked for. */
    public List<Timeout> failedTimeouts(String projection, int limit) {
        return hasTimeouts(projection) ? node.store().timeouts().failed(projection, limit) : List.of();
    }

    private boolean hasTimeouts(String projection) {
        return require(projection).projection().hasTimeouts();
    }

    /** Has everything handled again that is parked, stream by stream, and all timeouts that have failed. */
    public void retryAll(String projection) {
        DeadLetters letters = node.store().deadLetters();
        letters.streams(require(projection).name())
                .forEach(stream -> letters.request(projection, stream, Request.RETRY));
        if (hasTimeouts(projection)) {
            node.store().timeouts().retry(projection);
        }
        tell(Coordinator::lookNow);
    }

    private boolean request(String projection, StreamName stream, Request request) {
        boolean isParked =
                node.store().deadLetters().request(require(projection).name(), stream, request);
        tell(Coordinator::lookNow);
        return isParked;
    }

    StatusReader statuses() {
        return statuses;
    }

    RunningProjection require(String projection) {
        RunningProjection found = projections.get(projection);
        if (found == null) {
            throw new IllegalArgumentException("There is no projection " + projection + ", but " + names());
        }
        return found;
    }
}
