package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams begin at 0, and aggregates where they want to. */
class DomainTest {

    abstract static class Dog extends Aggregate {

        final String name;
        final List<String> tricks = new ArrayList<>();

        Dog(String name) {
            this.name = name;
        }

        @Event("TrickAdded")
        void addTrick(String trick) {
            tricks.add(trick);
        }
    }

    static class FromZero extends Dog {
        public static final int INITIAL_VERSION = 0;

        @Event("Registered")
        FromZero(String name) {
            super(name);
        }
    }

    static class FromOne extends Dog {
        public static final int INITIAL_VERSION = 1;

        @Event("Registered")
        FromOne(String name) {
            super(name);
        }
    }

    static class FromSeven extends Dog {
        public static final int INITIAL_VERSION = 7;

        @Event("Registered")
        FromSeven(String name) {
            super(name);
        }
    }

    static Stream<Arguments> dogs() {
        return Stream.of(
                dog(FromZero.class, FromZero::new, 0),
                dog(FromOne.class, FromOne::new, 1),
                dog(FromSeven.class, FromSeven::new, 7));
    }

    private static <T extends Dog> Arguments dog(Class<T> type, Function<String, T> creation, long first) {
        return Arguments.of(type, creation, first);
    }

    @ParameterizedTest
    @MethodSource("dogs")
    void aggregatesAreTheSameWhateverTheirFirstVersion(
            Class<? extends Dog> type, Function<String, Dog> creation, long first) {
        try (TestedServer server = TestedServer.start()) {
            Dog dog = creation.apply("Fido");
            try (EventSourcing school = EventSourcing.of(server.store().open())) {
                dog.addTrick("roll over");
                school.save(dog);
                assertThat(dog.version()).isEqualTo(first + 1);
                Dog again = school.repository().get(type, dog.id());
                again.addTrick("play dead");
                school.save(again);
            }
            try (EventSourcing school = EventSourcing.of(server.store().open())) {
                Dog loaded = school.repository().get(type, dog.id());
                assertThat(loaded.name).isEqualTo("Fido");
                assertThat(loaded.tricks).containsExactly("roll over", "play dead");
                assertThat(loaded.version()).isEqualTo(first + 2);
            }
        }
    }
}
