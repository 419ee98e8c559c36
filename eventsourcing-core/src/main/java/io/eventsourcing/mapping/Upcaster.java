package io.eventsourcing.mapping;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step from the form in which an event was stored towards the form of today: a pure function on its JSON, run at each
 * read. Stored bytes never change. Implementations are thread-safe.
 *
 * <p>Mostly made by {@link #from}:
 *
 * <pre>{@code
 * Upcaster.from("Dog.TrickAdded", 1).change(data -> data.put("teacher", "unknown"))
 * Upcaster.from("Dog.NewTrick", 1).rename("Dog.TrickAdded")
 * Upcaster.from("Dog.Barked", 1).drop()
 * }</pre>
 */
public interface Upcaster {

    /** What it reads: one type in one revision. */
    EventRevision from();

    /** What it may make of it: the next revision of the same type, or any of other types. None if it drops the event. */
    Set<EventRevision> to();

    /**
     * What the event is, in one form of {@link #to()} each. They are replayed in this order in place of the stored one,
     * whose position and version they share.
     *
     * @param data the payload, which it may change and return
     */
    List<UpcastEvent> upcast(ObjectNode data);

    /** The beginning of a step. */
    static From from(String type, int revision) {
        return new From(new EventRevision(type, revision));
    }

    /** A step whose end isn't said yet. Immutable. */
    final class From {

        private final EventRevision from;

        private From(EventRevision from) {
            this.from = from;
        }

        /** To the next revision of the same type. */
        public Upcaster change(Consumer<ObjectNode> change) {
            return to(from.next(), change);
        }

        /** To revision 1 of another type, the payload as it is. */
        public Upcaster rename(String type) {
            return to(new EventRevision(type, 1), data -> {});
        }

        /** To a revision of another type, or the next one of the same. */
        public Upcaster to(EventRevision revision, Consumer<ObjectNode> change) {
            return split(Set.of(revision), data -> {
                change.accept(data);
                return List.of(new UpcastEvent(revision, data));
            });
        }

        /** To several events, or as many as the payload says. */
        public Upcaster split(Set<EventRevision> revisions, Function<ObjectNode, List<UpcastEvent>> split) {
            return new UpcasterStep(from, Set.copyOf(revisions), split);
        }

        /** To no event at all. */
        public Upcaster drop() {
            return split(Set.of(), data -> List.of());
        }
    }
}
