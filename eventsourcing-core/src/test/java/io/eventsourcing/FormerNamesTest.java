package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.StoredEvents;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FormerNamesTest {

    private static final UUID ID = new UUID(3, 4);

    @AggregateName(
            value = "Dog",
            formerly = {"OldDog", "Hound"})
    static class Dog extends Aggregate {
        final List<String> tricks = new ArrayList<>();

        @Event("Registered")
        Dog(UUID id) {
            super(id);
        }

        @Event(
                value = "TrickAdded",
                formerly = {"NewTrick"})
        void addTrick(String trick) {
            tricks.add(trick);
        }
    }

    @AggregateName("Hound")
    static class Hound extends Aggregate {
        @Event("Registered")
        Hound() {}
    }

    static class Ambiguous extends Aggregate {
        @Event("Registered")
        Ambiguous() {}

        @Event("A")
        void a() {}

        @Event(value = "B", formerly = "A")
        void b() {}
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing eventSourcing = EventSourcing.of(store);
    private final Repository repository = eventSourcing.repository();

    private void oldDog() {
        new StoredEvents(store, "OldDog", ID)
                .add("OldDog.Registered", "{\"id\":\"" + ID + "\"}")
                .add("OldDog.NewTrick", "{\"trick\":\"sit\"}");
    }

    @Test
    void whatWasStoredUnderAFormerNameIsReadAndGoesOnInItsStream() {
        oldDog();
        Dog dog = repository.get(Dog.class, ID);
        dog.addTrick("roll");
        eventSourcing.save(dog);

        assertThat(repository.get(Dog.class, ID).tricks).containsExactly("sit", "roll");
        assertThat(repository.get(Dog.class, ID, 2).tricks).containsExactly("sit");
        assertThat(repository.exists(Dog.class, ID)).isTrue();
        assertThat(repository.history(Dog.class, ID).toList())
                .extracting(RecordedEvent::type)
                .containsExactly("OldDog.Registered", "OldDog.NewTrick", "Dog.TrickAdded");
        assertThat(StoredEvents.all(store))
                .extracting(event -> event.stream().category())
                .containsOnly("OldDog");
    }

    @Test
    void newOnesAreStoredUnderTheNewName() {
        Dog dog = new Dog(ID);
        eventSourcing.save(dog);
        dog.addTrick("sit");
        eventSourcing.save(dog);

        assertThat(StoredEvents.all(store))
                .extracting(event -> event.stream().category() + " " + event.type())
                .containsExactly("Dog Dog.Registered", "Dog Dog.TrickAdded");
        assertThat(repository.get(Dog.class, ID).tricks).containsExactly("sit");
        assertThat(repository.exists(Dog.class, new UUID(0, 0))).isFalse();
        assertThat(repository.history(Dog.class, new UUID(0, 0)).toList()).isEmpty();
    }

    @Test
    void aNewOneCannotHideAnOldOne() {
        oldDog();

        assertThatExceptionOfType(AggregateConflictException.class)
                .isThrownBy(() -> eventSourcing.save(new Dog(ID)))
                .withMessageContaining(ID.toString());
        assertThat(StoredEvents.all(store)).hasSize(2);
    }

    @Test
    void twoOldOnesThatChangeConflict() {
        oldDog();
        Dog one = repository.get(Dog.class, ID);
        Dog other = repository.get(Dog.class, ID);
        one.addTrick("a");
        other.addTrick("b");
        eventSourcing.save(one);

        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> eventSourcing.save(other));
    }

    static class Cat extends Aggregate {
        final List<String> toys = new ArrayList<>();

        @Event("Born")
        Cat() {}

        @Event(value = "ToyGiven", formerly = "Given", revision = 2)
        void give(String toy, String by) {
            toys.add(toy + " by " + by);
        }
    }

    @Test
    void upcastersKnowTheEventsOfAnAggregateByTheirNamesOfToday() {
        new StoredEvents(store, "Cat", ID)
                .add("Cat.Born", "{}")
                .add("Cat.Given", "{\"toy\":\"ball\"}")
                .add("Cat.Present", "{\"toy\":\"mouse\"}");
        EventSourcing upcasting = EventSourcing.builder(store)
                .upcasters(
                        Upcaster.from("Cat.ToyGiven", 1).change(data -> data.put("by", "nobody")),
                        Upcaster.from("Cat.Present", 1).rename("Cat.ToyGiven"))
                .build();

        assertThat(upcasting.repository().get(Cat.class, ID).toys).containsExactly("ball by nobody", "mouse by nobody");
    }

    @Test
    void twoClassesCannotHaveOneNameNowOrThen() {
        repository.find(Dog.class, ID);

        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> repository.find(Hound.class, ID))
                .withMessageContaining("'Hound'");
    }

    @Test
    void twoEventsCannotHaveOneNameNowOrThen() {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(Ambiguous::new)
                .withMessageContainingAll("called 'A'", "Ambiguous.a()", "Ambiguous.b()");
    }
}
