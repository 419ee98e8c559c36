package io.eventsourcing.eventql;

import java.util.Map;

/**
 * What is known of an expression before any row was read.
 *
 * @param fields those of a record, if they are known; empty if not
 */
record Type(Kind kind, Map<String, Type> fields) {

    static final Type ANY = of(Kind.ANY);

    static Type of(Kind kind) {
        return new Type(kind, Map.of());
    }
}
