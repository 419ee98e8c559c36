package io.eventsourcing.eventql;

import org.jspecify.annotations.Nullable;

/** A query is not EventQL, asks for what makes no sense, or gives rows of another shape than was asked for. */
public class EventQlException extends RuntimeException {

    private final int line;
    private final int column;

    EventQlException(Location at, String message) {
        this(at, message, null);
    }

    EventQlException(Location at, String message, @Nullable Throwable cause) {
        super("Line " + at.line() + ", column " + at.column() + ": " + message, cause);
        this.line = at.line();
        this.column = at.column();
    }

    /** The line of the query, from 1. */
    public int line() {
        return line;
    }

    /** The column in that line, from 1. */
    public int column() {
        return column;
    }
}
