package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.memory.MemoryEventStore;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where {@link Personal} would have no effect, it is refused: nobody would notice that something isn't encrypted. */
class PersonalDefinitionTest {

    private final EventSourcing eventSourcing = EventSourcing.builder(new MemoryEventStore())
            .cipherKeys(CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
            .build();

    static class UnknownSubject extends Aggregate {
        @Event("Made")
        UnknownSubject(@Personal(subject = "nobody") String name) {}
    }

    static class WholeWithReplacement extends Aggregate {
        @Event("Made")
        WholeWithReplacement() {}

        @Event
        @Personal(replacement = "x")
        void change(String text) {}
    }

    record Inner(@Personal String name) {}

    record Outer(List<Inner> inners) {}

    static class Nested extends Aggregate {
        @Event("Made")
        Nested(List<? extends Outer[]> outers) {}
    }

    static class OnRecordArgument extends Aggregate {
        @Event
        OnRecordArgument(@Personal Outer outer) {}
    }

    @Test
    void whereItCouldNotWorkItIsRefused() {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> new UnknownSubject("x"))
                .withMessageContainingAll("UnknownSubject(String)", "'nobody'", "[name]");
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(WholeWithReplacement::new)
                .withMessageContainingAll("WholeWithReplacement.change(String)", "left out");
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> new Nested(List.of()))
                .withMessageContainingAll("Inner.name", "Nested(List)", "put it on the parameter");
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> new OnRecordArgument(new Outer(List.of())))
                .withMessageContaining("has no effect");
    }

    static class BadReplacement extends Aggregate {
        @Event("Made")
        BadReplacement(@Personal(replacement = "some day") LocalDate birthday) {}
    }

    @Test
    void aReplacementThatCannotBeReadIsRefused() {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.repository().find(BadReplacement.class, new UUID(0, 0)))
                .withMessageContainingAll("'some day'", "'birthday'", "java.time.LocalDate");
    }
}
