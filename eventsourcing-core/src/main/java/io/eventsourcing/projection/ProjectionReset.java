package io.eventsourcing.projection;

import java.util.List;
import java.util.Optional;

/** Lets a projection begin anew. Thread-safe. */
final class ProjectionReset {

    private final BoundProjection projection;
    private final ProjectionDefinition definition;
    private final ProjectionStore store;

    ProjectionReset(BoundProjection projection, ProjectionStore store) {
        this.projection = projection;
        this.definition = projection.definition();
        this.store = store;
    }

    /**
     * @throws IllegalStateException if nothing says what is to be emptied, or side effects would be lost
     * @throws io.eventsourcing.store.UnsupportedByStoreException if there are tables, and the store has none
     */
    void run() {
        requireNoProcess(definition);
        List<String> tables = definition.tables();
        Runnable onReset = definition.onReset();
        if (tables.isEmpty() && onReset == null) {
            throw new IllegalStateException(
                    "The projection " + definition.name() + " doesn't say what is to be emptied,"
                            + " so all of it would be there twice: name its tables, by @Projection(tables = …), or give it a method"
                            + " with @ResetHandler");
        }
        Runnable clear = tables.isEmpty() ? () -> {} : clear(store.tables(), tables);
        store.reset(definition.name(), () -> {
            requireNoSideEffects(projection, store);
            clear.run();
            if (onReset != null) {
                onReset.run();
            }
        });
    }

    static void requireNoProcess(ProjectionDefinition definition) {
        if (definition.isProcess()) {
            throw new IllegalStateException("The " + definition
                    + " can't begin anew, since what it has saved can't be taken back: give what is to be done about events of"
                    + " before a process manager with a name of its own, which starts at the beginning");
        }
    }

    private static Runnable clear(ProjectionTables all, List<String> tables) {
        return () -> all.clear(tables);
    }

    /** Side effects of an event that is parked haven't happened, and wouldn't ever if it was forgotten. */
    static void requireNoSideEffects(BoundProjection projection, ProjectionStore store) {
        if (projection.definition().sideEffects().isEmpty()) {
            return;
        }
        Optional<DeadLetter> lost = store.deadLetters().first(projection.name(), Integer.MAX_VALUE).stream()
                .filter(letter -> projection.hasSideEffects(letter.eventType()))
                .findFirst();
        lost.ifPresent(letter -> {
            throw new IllegalStateException("The " + letter.eventType() + " event of " + letter.stream()
                    + " is parked, and its side effects would never happen: retry or skip what is parked of "
                    + projection.name() + " first");
        });
    }
}
