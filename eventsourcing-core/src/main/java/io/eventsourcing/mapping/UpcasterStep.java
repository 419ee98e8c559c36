package io.eventsourcing.mapping;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A step that was said in parts. */
record UpcasterStep(EventRevision from, Set<EventRevision> to, Function<ObjectNode, List<UpcastEvent>> split)
        implements Upcaster {

    @Override
    public List<UpcastEvent> upcast(ObjectNode data) {
        return split.apply(data);
    }

    @Override
    public String toString() {
        return "upcaster of " + from;
    }
}
