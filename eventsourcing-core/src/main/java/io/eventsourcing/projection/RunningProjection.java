package io.eventsourcing.projection;

/** A projection that a node is to run. */
record RunningProjection(BoundProjection projection, ProjectionOptions options) {

    String name() {
        return projection.name();
    }
}
