package io.eventsourcing.mapping;

import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** What an {@link Upcaster} makes of an event. {@link #toString()} shows no payload. */
public record UpcastEvent(EventRevision revision, ObjectNode data) {

    public UpcastEvent {
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(data, "data");
    }

    public static UpcastEvent of(String type, int revision, ObjectNode data) {
        return new UpcastEvent(new EventRevision(type, revision), data);
    }

    @Override
    public String toString() {
        return revision.toString();
    }
}
