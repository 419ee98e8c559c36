package io.eventsourcing.test;

import static io.eventsourcing.test.AggregateSpec.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.test.Dog.Moved;
import io.eventsourcing.test.Dog.Weighed;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregateSpecTest {

    /** A type that Jackson can't read unless it is told how to. */
    static final class Collar {

        private final String colour;

        private Collar(String colour, boolean checked) {
            this.colour = colour;
        }

        static Collar of(String colour) {
            return new Collar(colour, true);
        }
    }

    abstract static class CollarJson {

        @JsonValue
        private String colour = "";

        @JsonCreator
        static Collar of(String colour) {
            return Collar.of(colour);
        }
    }

    static class Poodle extends Aggregate {

        private final Collar collar;

        @Event("Bought")
        Poodle(Collar collar) {
            this.collar = collar;
        }
    }

    private static final GivenStep<Dog> FIDO =
            AggregateSpec.of(Dog.class).given(() -> new Dog("Fido")).and(dog -> dog.addTrick("sit"));

    @Test
    void commandRecordsAnEvent() {
        FIDO.when(dog -> dog.addTrick("roll over"))
                .then(event("TrickAdded").with("trick", "roll over"))
                .thenState(dog -> assertThat(dog.tricks).containsExactly("sit", "roll over"));
    }

    @Test
    void constructorRecordsAnEvent() {
        AggregateSpec.of(Dog.class)
                .when(() -> new Dog("Rex"))
                .then(event("Registered").with("name", "Rex"))
                .thenState(dog -> assertThat(dog.name).isEqualTo("Rex"));
    }

    @Test
    void historyCanBeGivenAsEvents() {
        AggregateSpec.of(Dog.class)
                .given(
                        event("Registered").with("name", "Rex"),
                        event("TrickAdded").with("trick", "sit"))
                .and(event(new Weighed(LocalDate.of(2026, 2, 3), 12.5)))
                .and(event(new Moved("Elm Street", List.of("ball", "bone"))))
                .and(event("TricksAdded").with("more", new String[] {"beg", "wait"}))
                .and(dog -> dog.addTrick("roll over"))
                .when(Dog::bark)
                .thenNothing()
                .thenState(dog -> {
                    assertThat(dog.name).isEqualTo("Rex");
                    assertThat(dog.tricks).containsExactly("sit", "beg", "wait", "roll over");
                    assertThat(dog.weight).isEqualTo(12.5);
                    assertThat(dog.home.toys()).containsExactly("ball", "bone");
                    assertThat(dog.version()).isEqualTo(6);
                });
    }

    @Test
    void severalEventsAreComparedInOrder() {
        LocalDate day = LocalDate.of(2026, 2, 3);
        FIDO.when(dog -> {
                    dog.weigh(day, 12.5);
                    dog.move(new Moved("Elm Street", List.of("ball")));
                    dog.addTricks("beg", "wait");
                })
                .then(
                        event(new Weighed(day, 12.5)),
                        event(new Moved("Elm Street", List.of("ball"))),
                        event("TricksAdded").with("more", new String[] {"beg", "wait"}));
    }

    @Test
    void eventOfARecordCanBeSaidByName() {
        LocalDate day = LocalDate.of(2026, 2, 3);
        FIDO.when(dog -> dog.weigh(day, 12.5))
                .then(event("Weighed").with("kilograms", 12.5).with("day", day));
    }

    @Test
    void exceptionIsExpected() {
        FIDO.when(dog -> dog.addTrick("sit"))
                .thenThrows(IllegalStateException.class)
                .thenThrows(RuntimeException.class, "knows how")
                .thenThrows(IllegalStateException.class, e -> assertThat(e).hasMessage("Fido knows how to sit"))
                .thenState(dog -> assertThat(dog.tricks).containsExactly("sit"));
    }

    @Test
    void historyCanBeUsedAgain() {
        FIDO.and(dog -> dog.addTrick("beg"))
                .when(dog -> dog.addTrick("wait"))
                .thenState(dog -> assertThat(dog.tricks).hasSize(3));
        FIDO.when(dog -> dog.addTrick("wait"))
                .thenState(dog -> assertThat(dog.tricks).hasSize(2));
    }

    @Test
    void mapperOfTheApplicationIsUsed() {
        JacksonEventMapper mapper = new JacksonEventMapper(builder -> builder.addMixIn(Collar.class, CollarJson.class));
        AggregateSpec.of(Poodle.class, mapper)
                .given(event("Bought").with("collar", Collar.of("red")))
                .when(poodle -> {})
                .thenNothing()
                .thenState(poodle -> assertThat(poodle.collar.colour).isEqualTo("red"));
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> AggregateSpec.of(Poodle.class).when(() -> new Poodle(Collar.of("red"))));
    }
}
