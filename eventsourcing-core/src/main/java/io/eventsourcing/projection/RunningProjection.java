package io.eventsourcing.projection;

import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A projection that a node is to run.
 *
 * @param copies of the tables, which a rebuild writes to; null for the projection itself
 */
record RunningProjection(
        BoundProjection projection,
        ProjectionOptions options,
        @Nullable ProjectionTables copies) {

    private static final Logger log = LoggerFactory.getLogger(RunningProjection.class);

    RunningProjection(BoundProjection projection, ProjectionOptions options) {
        this(projection, options, null);
    }

    /** If it was never run. */
    boolean beginsAtTheEnd() {
        return options.start() == ProjectionOptions.Start.END;
    }

    String name() {
        return projection.name();
    }

    /**
     * Where the store has no tables, that isn't refused before they are needed.
     *
     * @throws ProjectionDefinitionException if its tables can't be rebuilt as they are
     */
    void checkTables(ProjectionStore store) {
        List<String> tables = projection.definition().tables();
        if (!tables.isEmpty()) {
            try {
                store.tables().check(name(), tables);
            } catch (UnsupportedByStoreException e) {
                log.debug("The projection {} can't be reset or rebuilt", name(), e);
            }
        }
    }

    /** Its rebuild. */
    RunningProjection rebuild(ProjectionTables tables) {
        return new RunningProjection(projection, options, tables);
    }

    boolean isRebuild() {
        return copies != null;
    }

    /** Does what writes to its tables, or to their copies. */
    <T> T write(Supplier<T> work) {
        return copies == null ? work.get() : copies.inCopies(name(), work);
    }
}
