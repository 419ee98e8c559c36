package io.eventsourcing.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A condition on single events, in the few words that a store can be expected to understand. Immutable. */
public sealed interface EventPredicate {

    /** How an instant has to compare with another one. */
    enum Comparison {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** An event of one of these types. */
    record TypeIn(Set<String> types) implements EventPredicate {
        public TypeIn {
            types = Set.copyOf(types);
        }
    }

    /** An event of this stream. */
    record StreamIs(StreamName stream) implements EventPredicate {}

    /** An event of a stream whose name starts so. */
    record StreamStartsWith(String prefix) implements EventPredicate {}

    /** The event with this id. */
    record IdIs(UUID id) implements EventPredicate {}

    /** An event whose timestamp compares so with an instant, which is of microseconds as timestamps are. */
    record Happened(Comparison comparison, Instant instant) implements EventPredicate {
        public Happened {
            if (!instant.equals(instant.truncatedTo(ChronoUnit.MICROS))) {
                throw new IllegalArgumentException("Events happen at whole microseconds, not at " + instant);
            }
        }
    }

    /**
     * An event whose data is JSON in UTF-8, and has a field that is this text.
     *
     * @param path the names of the objects that the field is in, and its own
     */
    record DataHasText(List<String> path, String text) implements EventPredicate {
        public DataHasText {
            path = List.copyOf(path);
        }
    }

    /** All of them; every event if there are none. */
    record And(List<EventPredicate> parts) implements EventPredicate {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One of them at least; no event if there are none. */
    record Or(List<EventPredicate> parts) implements EventPredicate {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** The others. */
    record Not(EventPredicate part) implements EventPredicate {}
}
