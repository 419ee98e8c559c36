package io.eventsourcing;

import com.fasterxml.uuid.Generators;
import io.eventsourcing.mapping.Metadata;
import java.util.Objects;
import java.util.UUID;

/**
 * Why something is done: an event, and who reacts to it. Immutable.
 *
 * @param process the name of who reacts
 * @param id of the event
 * @param commitPosition of the event: what it causes comes behind it
 * @param tenant for whom is worked; empty for the default tenant
 * @param metadata stored with every event that is caused, where nothing else is said
 */
public record Cause(String process, UUID id, long commitPosition, String tenant, Metadata metadata) {

    public Cause {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(metadata, "metadata");
    }

    /**
     * An id that is the same each time that this event is reacted to, and another one for every other event, process or
     * name (version 5 of RFC 9562).
     *
     * @param name what the id is for
     */
    public UUID derivedId(String name) {
        return Generators.nameBasedGenerator(id).generate(process + " " + name);
    }
}
