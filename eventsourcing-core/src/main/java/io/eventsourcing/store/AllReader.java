package io.eventsourcing.store;

/** Reads the events of all streams. */
public interface AllReader {

    /** The events of all streams, in the order of their commit positions. */
    EventSequence readAll(ReadOptions options);
}
