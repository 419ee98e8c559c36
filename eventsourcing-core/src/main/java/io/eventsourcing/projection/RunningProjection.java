package io.eventsourcing.projection;

/** A projection that a node is to run. */
record RunningProjection(BoundProjection projection, ProjectionOptions options) {

    /** If it was never run. */
    boolean beginsAtTheEnd() {
        return options.start() == ProjectionOptions.Start.END;
    }

    String name() {
        return projection.name();
    }
}
