package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;

/** Saves an aggregate to a store of its own and loads it. */
final class RoundTrip {

    private static final String[] NOT_STATE = {"type", "pending", "clock", "busy", "replayed", "stream"};

    private RoundTrip() {}

    /** The aggregate made again from its events, after making sure that it is in the same state. */
    @SuppressWarnings("unchecked")
    static <A extends Aggregate> A of(A aggregate) {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        eventSourcing.save(aggregate);
        A loaded = (A) eventSourcing.repository().get(aggregate.getClass(), aggregate.id());
        assertSameState(loaded, aggregate);
        assertThat(loaded.pendingEvents()).isEmpty();
        return loaded;
    }

    static void assertSameState(Aggregate actual, Aggregate expected) {
        assertThat(actual)
                .isNotSameAs(expected)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFields(NOT_STATE)
                .isEqualTo(expected);
    }
}
