package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DogTest {

    static class Dog extends Aggregate {
        private final String name;
        private final List<String> tricks = new ArrayList<>();

        @Event("Registered")
        Dog(String name) {
            this.name = name;
        }

        @Event("TrickAdded")
        void addTrick(String trick) {
            tricks.add(trick);
        }
    }

    @Test
    void works() {
        EventSourcing es = EventSourcing.of(new MemoryEventStore());
        Dog dog = new Dog("Fido");
        dog.addTrick("sit");
        assertThat(dog.pendingEvents()).hasSize(2);
        System.out.println(dog.pendingEvents() + " " + dog);
        System.out.println(es.save(dog));
        Dog again = es.repository().get(Dog.class, dog.id());
        assertThat(again.tricks).containsExactly("sit");
        assertThat(again.version()).isEqualTo(2);
        assertThat(again.createdOn()).isEqualTo(dog.createdOn());
    }
}
