package io.eventsourcing.eventql;

/** A query took longer, gave more rows or had to keep more in memory than it may. Its read is closed. */
public class EventQlLimitException extends RuntimeException {

    EventQlLimitException(String message) {
        super(message);
    }
}
