package io.eventsourcing.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is in a store. What it says was so at some moment while it was asked: others may append and delete meanwhile. To
 * count events, a store may have to look at each of them.
 */
public interface Catalogue {

    /**
     * The names of the streams that have events, each once, in an order that is the store's own. A stream that was deleted
     * has none. They are fetched lazily, of bounded memory however many there are, and by one thread. Closing ends it early;
     * nothing has to be closed.
     */
    Stream<StreamName> streams(StreamFilter filter);

    /** The types that events have, and those that have a schema alone, in the order of their names. */
    List<EventType> eventTypes();

    /**
     * One of them, with its schemas; empty if there are neither events of that type nor schemas.
     *
     * @throws IllegalArgumentException if the name is none that an event's type can have
     */
    Optional<EventType> eventType(String name);
}
