package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Leads events along their chains. Immutable. */
final class Upcasting {

    private final UpcasterChains chains;

    Upcasting(UpcasterChains chains) {
        this.chains = chains;
    }

    boolean concerns(String type, int revision) {
        return chains.leadsOn(type, revision);
    }

    /**
     * @param stored for messages
     * @return in the order in which they are to be replayed; none if it was dropped
     */
    List<UpcastEvent> upcast(UpcastEvent event, RecordedEvent stored) {
        if (!chains.leadsOn(event.revision())) {
            return List.of(event);
        }
        List<UpcastEvent> upcast = new ArrayList<>();
        for (UpcastEvent next : step(event, stored)) {
            upcast.addAll(upcast(next, stored));
        }
        return upcast;
    }

    private List<UpcastEvent> step(UpcastEvent event, RecordedEvent stored) {
        Upcaster upcaster = chains.step(event.revision());
        List<UpcastEvent> made = run(upcaster, event, stored);
        for (UpcastEvent each : made) {
            if (!upcaster.to().contains(each.revision())) { // it was not checked where that leads
                throw new EventMappingException(
                        "The upcaster of " + event.revision() + " made " + each.revision() + " of " + stored
                                + ", but says that it makes " + upcaster.to(),
                        null);
            }
        }
        return made;
    }

    private static List<UpcastEvent> run(Upcaster upcaster, UpcastEvent event, RecordedEvent stored) {
        try {
            return upcaster.upcast(event.data());
        } catch (JacksonException e) {
            throw failed(event, stored, ": " + JsonProblem.describe(e), null); // its message would show the payload
        } catch (RuntimeException e) {
            throw failed(event, stored, "", e);
        }
    }

    private static EventMappingException failed(
            UpcastEvent event, RecordedEvent stored, String problem, @Nullable Throwable cause) {
        return new EventMappingException(
                "The upcaster of " + event.revision() + " failed for " + stored + problem, cause);
    }
}
