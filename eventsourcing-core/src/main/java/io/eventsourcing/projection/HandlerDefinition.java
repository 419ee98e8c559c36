package io.eventsourcing.projection;

import io.eventsourcing.mapping.EventShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What handles one type of event.
 *
 * @param types how it is called today, and behind it what it was called once
 * @param shape what it needs of the payload; null for nothing
 */
record HandlerDefinition(List<String> types, @Nullable EventShape shape, Invocation invocation) {

    /** Runs the handler. */
    @FunctionalInterface
    interface Invocation {
        /** @return what the handler returns; null if that is nothing */
        @Nullable
        Object invoke(Object[] arguments, EventContext context) throws Throwable;
    }

    HandlerDefinition {
        types = List.copyOf(types);
    }

    String type() {
        return types.get(0);
    }
}
