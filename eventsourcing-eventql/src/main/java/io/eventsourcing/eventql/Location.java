package io.eventsourcing.eventql;

import org.antlr.v4.runtime.Token;

/** Where something stands in the text of a query. Both count from 1. */
record Location(int line, int column) {

    static Location of(Token token) {
        return new Location(token.getLine(), token.getCharPositionInLine() + 1);
    }
}
