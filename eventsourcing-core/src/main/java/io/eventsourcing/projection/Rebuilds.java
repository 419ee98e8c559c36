package io.eventsourcing.projection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes the tables of projections anew, into copies beside them, while the projections go on, on all nodes that run them;
 * and then puts the copies in their place. Handlers with {@linkplain EventHandler#sideEffects side effects} aren't called.
 * Events that can't be handled are parked with the rebuild, which goes on without them. Thread-safe.
 *
 * <p>If a node dies in the middle of any of this, the same call goes on, or {@link #cancel} undoes it.
 */
public final class Rebuilds {

    private static final Duration PREPARING = Duration.ofMinutes(1);

    private final Projections projections;
    private final Node node;

    Rebuilds(Projections projections, Node node) {
        this.projections = projections;
        this.node = node;
    }

    /**
     * Begins to rebuild a projection. The work is done by all nodes that run it, and only by them: they should run the same
     * version of it.
     *
     * @throws IllegalArgumentException if this node doesn't run such a projection, in a mode that follows the store
     * @throws IllegalStateException if it doesn't say which tables it has, was never run, is being divided anew, or is being
     *     rebuilt already
     * @throws ProjectionDefinitionException if its tables can't be copied as they are
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store has no tables
     */
    public void start(String projection) {
        List<String> tables = tables(projection);
        ProjectionTables copies = node.store().tables();
        boolean isNew = node.store().rebuilds().create(projection);
        Lease lease = lease(projection, isNew);
        try {
            copies.prepare(projection, tables);
        } catch (RuntimeException | Error e) {
            node.store().rebuilds().remove(projection);
            throw e;
        }
        node.store().release(begun(lease));
        projections.tell(Coordinator::lookNow);
    }

    private List<String> tables(String projection) {
        ProjectionDefinition definition =
                projections.require(projection).projection().definition();
        ProjectionReset.requireNoProcess(definition);
        List<String> tables = definition.tables();
        if (tables.isEmpty()) {
            throw new IllegalStateException("The projection " + projection
                    + " doesn't say which tables it writes to, so they can't be rebuilt: name them, by"
                    + " @Projection(tables = …)");
        }
        return tables;
    }

    /** Only one makes the copies: if it dies, another one can try it a minute later. */
    private Lease lease(String projection, boolean isNew) {
        ProjectionState rebuild = state(RebuildStore.nameOf(projection))
                .orElseThrow(() -> new IllegalStateException(
                        "The projection " + projection + " was never run, so there is nothing to rebuild"));
        if (!isNew && !rebuild.paused()) {
            throw RebuildStore.isBeingRebuilt(projection);
        }
        return node.store()
                .acquire(rebuild.segments().get(0).segment(), node.name(), PREPARING)
                .orElseThrow(() -> RebuildStore.isBeingRebuilt(projection));
    }

    private Lease begun(Lease lease) {
        return node.store().advance(lease, PREPARING, () -> {
            node.store().pause(lease.segment().projection(), false);
            return ProjectionStore.BatchResult.at(lease.position());
        });
    }

    private Optional<ProjectionState> state(String projection) {
        return node.store().states(List.of(projection)).stream().findFirst();
    }

    /**
     * How far a rebuild has come.
     *
     * @return empty if the projection isn't being rebuilt
     * @throws IllegalArgumentException if this node doesn't run such a projection
     */
    public Optional<RebuildStatus> status(String projection) {
        String name = RebuildStore.nameOf(projections.require(projection).name());
        return node.store()
                .rebuilds()
                .since(projection)
                .flatMap(since -> state(name)
                        .flatMap(rebuild -> state(projection)
                                .map(live -> projections
                                        .statuses()
                                        .rebuild(since, rebuild, live, projections.workers(name)))));
    }

    /** The first of the events that are parked in a rebuild, as many as are asked for. */
    public List<DeadLetter> deadLetters(String projection, int limit) {
        String name = RebuildStore.nameOf(projections.require(projection).name());
        return node.store().deadLetters().first(name, limit);
    }

    /**
     * Compares the tables of a projection with what has been rebuilt so far. Where there are many rows, it takes its time.
     *
     * @param examples how many differing rows are described for each table at most, 0 or more
     * @throws IllegalStateException if the projection isn't being rebuilt
     */
    public List<TableComparison> compare(String projection, int examples) {
        List<String> tables = tables(projection);
        requireBegun(projection);
        return node.store().tables().compare(projection, tables, examples);
    }

    /**
     * Puts what was rebuilt in the place of what is there: waits until the rebuild has caught up, holds the projection still
     * on all nodes, and when both have come equally far, changes the rows of the tables, and what is parked, in one
     * transaction. A projection that is paused stays so. If this node dies meanwhile, the projection goes on by itself after
     * a lease.
     *
     * @return false if they didn't come equally far in time; both go on
     * @throws IllegalStateException if the projection isn't being rebuilt, or events are parked whose handlers have side
     *     effects
     */
    public boolean complete(String projection, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        List<String> tables = tables(projection);
        requireBegun(projection);
        ProjectionReset.requireNoSideEffects(projections.require(projection).projection(), node.store());
        long target = state(projection).map(ProjectionState::position).orElse(0L);
        boolean isDone = projections.await(() -> position(projection) >= target, end - System.nanoTime())
                && exchange(projection, tables, end);
        if (isDone) {
            projections.tell(running -> running.lose(projection));
            node.store().tables().discard(projection);
        }
        return isDone;
    }

    private long position(String projection) {
        return state(RebuildStore.nameOf(projection))
                .map(ProjectionState::position)
                .orElse(-1L);
    }

    private boolean exchange(String projection, List<String> tables, long end) {
        RebuildStore rebuilds = node.store().rebuilds();
        boolean isDone = false;
        try {
            isDone = projections.await(() -> isExchanged(projection, tables), end - System.nanoTime());
        } finally {
            if (!isDone) {
                rebuilds.hold(projection, Duration.ZERO);
            }
        }
        return isDone;
    }

    /** Held for a while only, so that it goes on if this node dies. */
    private boolean isExchanged(String projection, List<String> tables) {
        RebuildStore rebuilds = node.store().rebuilds();
        rebuilds.hold(projection, node.lease());
        projections.tell(Coordinator::lookNow);
        return rebuilds.complete(projection, () -> {
            ProjectionReset.requireNoSideEffects(projections.require(projection).projection(), node.store());
            node.store().tables().replace(projection, tables);
        });
    }

    private void requireBegun(String projection) {
        boolean isBegun = state(RebuildStore.nameOf(projection))
                .filter(rebuild -> !rebuild.paused())
                .isPresent();
        if (!isBegun) {
            throw new IllegalStateException("The projection " + projection + " isn't being rebuilt: start that first");
        }
    }

    /**
     * Gives a rebuild up, and removes its copies. The projection and its tables stay as they are.
     *
     * @return false if the projection isn't being rebuilt
     */
    public boolean cancel(String projection) {
        String name = projections.require(projection).name();
        boolean wasThere = node.store().rebuilds().remove(name);
        projections.tell(running -> running.lose(RebuildStore.nameOf(name)));
        node.store().tables().discard(name);
        return wasThere;
    }
}
