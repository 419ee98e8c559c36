package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.StoredEvents;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.EventRevision;
import io.eventsourcing.mapping.UpcastEvent;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Upcasters that make something else of what a class begins with, or can't make anything of it. */
class UpcastCreationTest {

    private static final UUID ID = new UUID(1, 2);
    private static final String CANARY = "kanarienvogel";

    @AggregateName("Dog")
    static class Dog extends Aggregate {
        final List<Instant> times = new ArrayList<>();

        @Event("Registered")
        Dog() {}

        @Event("Moved")
        void move() {
            times.add(createdOn());
            times.add(modifiedOn());
        }
    }

    private static final Upcaster SPLIT = Upcaster.from("Dog.Adopted", 1)
            .split(
                    Set.of(EventRevision.of("Dog.Registered", 1), EventRevision.of("Dog.Moved", 1)),
                    data -> List.of(UpcastEvent.of("Dog.Registered", 1, data), UpcastEvent.of("Dog.Moved", 1, data)));

    private final MemoryEventStore store = new MemoryEventStore();
    private final StoredEvents stored = new StoredEvents(store, "Dog", ID);

    private Dog dog(Upcaster... upcasters) {
        return EventSourcing.builder(store)
                .upcasters(upcasters)
                .build()
                .repository()
                .get(Dog.class, ID);
    }

    @Test
    void whatTheFirstEventIsSplitIntoKnowsItsTime() {
        stored.add("Dog.Adopted", "{}").add("Dog.Moved", "{}");
        Dog dog = dog(SPLIT);

        assertThat(dog.times)
                .hasSize(4)
                .containsOnly(StoredEvents.all(store).get(0).timestamp());
        assertThat(dog.version()).isEqualTo(2);
    }

    @Test
    void tagsStay() {
        NewEvent tagged = new NewEvent(
                UUID.randomUUID(), "Dog.Adopted", new byte[] {'{', '}'}, new byte[0], Instant.EPOCH, Set.of("dog:1"));
        store.append(StreamName.of("Dog", ID), ExpectedPosition.any(), List.of(tagged));
        EventSourcing eventSourcing =
                EventSourcing.builder(store).upcasters(SPLIT).build();

        assertThat(StoredEvents.all(store))
                .flatExtracting(eventSourcing::read)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.tags()).containsExactly("dog:1"));
    }

    @Test
    void aFirstEventThatBecomesNoConstructorIsRefused() {
        stored.add("Dog.Adopted", "{}");

        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> dog(Upcaster.from("Dog.Adopted", 1).rename("Dog.Moved")))
                .withMessageContaining("is the first event of its stream");
    }

    @Test
    void aPayloadThatIsNoObjectCannotBeUpcast() {
        stored.add("Dog.Adopted", "[\"" + CANARY + "\"]");

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> dog(SPLIT))
                .withMessageContaining("its payload is no JSON object")
                .withMessageNotContaining(CANARY);
    }
}
