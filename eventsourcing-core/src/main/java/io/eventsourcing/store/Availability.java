package io.eventsourcing.store;

/** Of a store whose calls wait for a server that is away, and that can say sooner whether it is there. */
public interface Availability {

    /** Whether the server answers at this moment. It is asked once. */
    boolean isAvailable();
}
