package io.eventsourcing.store;

/** Reads the events of all streams, and leaves out as many of the others as the store can tell by itself. */
public interface FilteredReader {

    /**
     * As {@link AllReader#readAll}, and every event that fulfils the predicate is in it. One that doesn't may be in it too:
     * a store leaves out what it can tell cheaply, so the reader looks at each event again. A limit counts what is returned.
     */
    EventSequence readMatching(EventPredicate predicate, ReadOptions options);
}
