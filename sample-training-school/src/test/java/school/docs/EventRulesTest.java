package school.docs;

import static io.eventsourcing.test.AggregateSpec.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateDefinitionException;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.PendingEvent;
import io.eventsourcing.Repository;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.test.AggregateSpec;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What docs/events.md says. */
class EventRulesTest {

    // tag::checks-first[]
    public static class Puppy extends Aggregate {

        private final Set<String> tricks = new LinkedHashSet<>();

        @Event("Born")
        public Puppy() {}

        public void addTrick(String trick) {
            if (tricks.contains(trick)) {
                throw new IllegalArgumentException("It knows '" + trick + "' already");
            }
            trickAdded(trick);
        }

        @Event
        private void trickAdded(String trick) {
            tricks.add(trick);
        }
    }
    // end::checks-first[]

    @Test
    void checksComeBeforeTheEvent() {
        AggregateSpec.of(Puppy.class)
                .given(Puppy::new)
                .and(puppy -> puppy.addTrick("sit"))
                .when(puppy -> puppy.addTrick("sit"))
                .thenThrows(IllegalArgumentException.class, "It knows 'sit' already");
        Puppy puppy = new Puppy();
        puppy.addTrick("sit");
        assertThat(puppy.pendingEvents())
                .extracting(PendingEvent::type)
                .containsExactly("Puppy.Born", "Puppy.TrickAdded");
    }

    // tag::records[]
    public record Registered(String name) {}

    public record Moved(String street, LocalDate since) {}

    public static class Cat extends Aggregate {

        private final String name;
        private @Nullable String street;

        @Event(type = Registered.class)
        public Cat(String name) {
            this.name = name;
        }

        @Event(type = Moved.class)
        public void move(String street, LocalDate since) {
            this.street = street;
        }
    }
    // end::records[]

    // tag::trigger[]
    public static class Horse extends Aggregate {

        private @Nullable Moved home;

        @Event("Bought")
        public Horse() {}

        public void moveTo(String street) {
            trigger(new Moved(street, LocalDate.of(2026, 5, 1)));
        }

        @Event
        private void apply(Moved moved) {
            home = moved;
        }
    }
    // end::trigger[]

    @Test
    void recordsAreEventsInTwoWays() {
        LocalDate may = LocalDate.of(2026, 5, 1);
        AggregateSpec.of(Cat.class)
                .given(event(new Registered("Tom")))
                .when(cat -> cat.move("Elm Street", may))
                .then(event(new Moved("Elm Street", may)))
                .thenState(cat -> assertThat(cat.name + " in " + cat.street).isEqualTo("Tom in Elm Street"));
        AggregateSpec.of(Horse.class)
                .given(Horse::new)
                .when(horse -> horse.moveTo("Elm Street"))
                .then(event(new Moved("Elm Street", may)))
                .thenState(horse -> assertThat(horse.home).isEqualTo(new Moved("Elm Street", may)));
    }

    // tag::ids[]
    public static class Kennel extends Aggregate {

        private final String town;

        @Event("Opened")
        public Kennel(String town) {
            this.town = town;
        }

        public static UUID createId(String town) {
            return UUID.nameUUIDFromBytes(("kennel in " + town).getBytes(StandardCharsets.UTF_8));
        }
    }
    // end::ids[]

    @Test
    void anIdCanBeMadeOfArguments() {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        eventSourcing.save(new Kennel("Bonn"));
        assertThat(eventSourcing.repository().get(Kennel.class, Kennel.createId("Bonn")).town)
                .isEqualTo("Bonn");
    }

    @Test
    void metadataIsStoredBesideThePayload() {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        Dog dog = new Dog("Fido");
        // tag::metadata[]
        eventSourcing.save(Metadata.ofCorrelationId("request-7").with("user", "ann"), dog);
        // end::metadata[]
        byte[] stored = eventSourcing
                .repository()
                .history(Dog.class, dog.id())
                .toList()
                .get(0)
                .metadata();
        assertThat(new String(stored, StandardCharsets.UTF_8)).contains("request-7", "ann");
    }

    // tag::renamed[]
    @AggregateName("Dog") // the class was called Dog once
    public static class Hound extends Aggregate {

        private final List<String> tricks = new ArrayList<>();

        public record TrickAdded(@JsonAlias("trick") String newTrick) {} // the component was called trick once

        @Event("Registered")
        public Hound(String name) {}

        @Event(type = TrickAdded.class) // the method was called addTrick once
        public void learn(String newTrick) {
            tricks.add(newTrick);
        }
    }
    // end::renamed[]

    @Test
    void classesMethodsAndArgumentsCanBeRenamed() {
        MemoryEventStore store = new MemoryEventStore();
        Dog dog = new Dog("Fido");
        dog.addTrick("sit");
        EventSourcing.of(store).save(dog);
        Repository hounds = EventSourcing.of(store).repository();
        assertThat(hounds.update(Hound.class, dog.id(), hound -> hound.learn("beg")).tricks)
                .containsExactly("sit", "beg");
        assertThat(hounds.get(Hound.class, dog.id()).tricks).containsExactly("sit", "beg");
    }

    // tag::added[]
    @AggregateName("Dog")
    public static class DogWithTeachers extends Aggregate {

        private final List<String> teachers = new ArrayList<>();

        @Event("Registered")
        public DogWithTeachers(String name) {}

        @Event("TrickAdded") // older events have no teacher, and are read with an empty one
        public void addTrick(String trick, Optional<String> teacher) {
            teacher.ifPresent(teachers::add);
        }
    }
    // end::added[]

    @AggregateName("Dog")
    static class DogWithBreed extends Aggregate {

        private final @Nullable String breed;

        @Event("Registered")
        DogWithBreed(String name, String breed) {
            this.breed = breed;
        }
    }

    @AggregateName("Dog")
    static class DogWithWeight extends Aggregate {

        @Event("Registered")
        DogWithWeight(String name, int weight) {}
    }

    @AggregateName("Dog")
    static class ForgetfulDog extends Aggregate {

        @Event("Registered")
        ForgetfulDog() {}
    }

    @Test
    void argumentsCanBeAddedAndLeftOut() {
        MemoryEventStore store = new MemoryEventStore();
        Dog dog = new Dog("Fido");
        EventSourcing.of(store).save(dog);
        assertThat(EventSourcing.of(store)
                        .repository()
                        .get(ForgetfulDog.class, dog.id())
                        .version())
                .isEqualTo(1);
        assertThat(EventSourcing.of(store).repository().get(DogWithBreed.class, dog.id()).breed)
                .isNull();
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> EventSourcing.of(store).repository().get(DogWithWeight.class, dog.id()))
                .withMessageContaining("weight");
        dog.addTrick("sit");
        EventSourcing.of(store).save(dog);
        DogWithTeachers taught = EventSourcing.of(store)
                .repository()
                .update(DogWithTeachers.class, dog.id(), each -> each.addTrick("beg", Optional.of("Ann")));
        assertThat(taught.teachers).containsExactly("Ann");
        assertThat(taught.version()).isEqualTo(3);
    }

    static class Puzzle extends Aggregate {

        @Event("Made")
        Puzzle(Object anything) {}
    }

    static class Twice extends Aggregate {

        @Event("Made")
        Twice() {}

        @Event("Changed")
        void change() {}

        @Event("Changed")
        void changeAgain() {}
    }

    @Test
    void mistakesAreFoundWhenTheClassIsFirstUsed() {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(Twice::new)
                .withMessageContaining("Two events of")
                .withMessageContaining("'Changed'");
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.repository().find(Puzzle.class, UUID.randomUUID()))
                .withMessageContaining("the parameter 'anything' can't be stored");
    }
}
