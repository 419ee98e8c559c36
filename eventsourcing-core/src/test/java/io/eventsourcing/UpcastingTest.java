package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.StoredEvents;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.EventRevision;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.UpcastEvent;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.mapping.UpcasterException;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.RecordedEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpcastingTest {

    private static final UUID ID = new UUID(1, 2);
    private static final String CANARY = "kanarienvogel";

    @AggregateName("Dog")
    static class Dog extends Aggregate {
        final List<String> log = new ArrayList<>();

        @Event("Registered")
        Dog(String name) {
            log.add("registered " + name);
        }

        @Event(value = "TrickAdded", revision = 3)
        void addTrick(String trick, String teacher, BigDecimal fee) {
            log.add(trick + " by " + teacher + " for " + fee);
        }

        @Event("Left")
        void leave(String place) {
            log.add("left " + place);
        }

        @Event("Arrived")
        void arrive(String place) {
            log.add("arrived at " + place);
        }
    }

    private static final Upcaster TEACHER =
            Upcaster.from("Dog.TrickAdded", 1).change(data -> data.put("teacher", "nobody"));
    private static final Upcaster FEE = Upcaster.from("Dog.TrickAdded", 2)
            .change(data -> data.put("fee", data.remove("price").decimalValue()));
    private static final Upcaster RENAME = Upcaster.from("Dog.Named", 1).rename("Dog.Registered");
    private static final Upcaster DROP = Upcaster.from("Dog.Barked", 1).drop();
    private static final Upcaster SPLIT = Upcaster.from("Dog.Moved", 1)
            .split(
                    Set.of(EventRevision.of("Dog.Left", 1), EventRevision.of("Dog.Arrived", 1)),
                    data -> List.of(
                            UpcastEvent.of("Dog.Left", 1, data.objectNode().set("place", data.get("from"))),
                            UpcastEvent.of("Dog.Arrived", 1, data.objectNode().set("place", data.get("to")))));

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing eventSourcing = EventSourcing.builder(store)
            .upcasters(TEACHER, FEE, RENAME, DROP, SPLIT)
            .build();
    private final StoredEvents stored = new StoredEvents(store, "Dog", ID);

    private Dog dog() {
        return eventSourcing.repository().get(Dog.class, ID);
    }

    @Test
    void storedEventsAreLedToTheRevisionOfToday() {
        stored.add("Dog.Registered", "{\"name\":\"Fido\"}")
                .add("Dog.TrickAdded", "{\"trick\":\"sit\",\"price\":12.340}")
                .add(
                        "Dog.TrickAdded",
                        "{\"trick\":\"roll\",\"teacher\":\"Ada\",\"price\":1}",
                        "{\"es-revision\":\"2\"}")
                .add(
                        "Dog.TrickAdded",
                        "{\"trick\":\"beg\",\"teacher\":\"Bob\",\"fee\":2.00}",
                        "{\"user\":\"x\",\"es-revision\":\"3\"}");

        assertThat(dog().log)
                .containsExactly(
                        "registered Fido", "sit by nobody for 12.340", "roll by Ada for 1", "beg by Bob for 2.00");
    }

    @Test
    void theRevisionIsStoredWithTheEventAndTheFirstOneIsNot() {
        Dog dog = new Dog("Fido");
        dog.addTrick("sit", "Ada", BigDecimal.ONE);
        eventSourcing.save(Metadata.none().with("user", "ann"), dog);

        assertThat(StoredEvents.all(store))
                .extracting(event -> StoredEvents.text(event.metadata()))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("{\"user\":\"ann\"}"),
                        second -> assertThat(second).contains("\"user\":\"ann\"", "\"es-revision\":\"3\""));
        assertThat(eventSourcing.repository().get(Dog.class, dog.id()).log).containsExactlyElementsOf(dog.log);
    }

    @Test
    void whatIsGivenUnderTheLibrarysNamesIsNotStored() {
        Dog dog = new Dog("Fido");
        dog.addTrick("sit", "Ada", BigDecimal.ONE);
        eventSourcing.save(Metadata.none().with("es-revision", "77").with("es-personal", "name"), dog);

        assertThat(StoredEvents.all(store))
                .extracting(event -> StoredEvents.text(event.metadata()))
                .containsExactly("", "{\"es-revision\":\"3\"}");
    }

    @Test
    void versionsCountWhatIsStored() {
        stored.add("Dog.Barked", "{}")
                .add("Dog.Named", "{\"name\":\"Fido\"}")
                .add("Dog.Moved", "{\"from\":\"Ulm\",\"to\":\"Bonn\"}")
                .add("Dog.Barked", "{}")
                .add("Dog.Moved", "{\"from\":\"Bonn\",\"to\":\"Kiel\"}")
                .add("Dog.Barked", "{}");

        Dog dog = dog();
        assertThat(dog.log)
                .containsExactly("registered Fido", "left Ulm", "arrived at Bonn", "left Bonn", "arrived at Kiel");
        assertThat(dog.version()).isEqualTo(6);
        assertThat(eventSourcing.repository().find(Dog.class, ID)).isPresent();
        for (int version = 2; version <= 6; version++) {
            assertThat(eventSourcing.repository().get(Dog.class, ID, version).version())
                    .isEqualTo(version);
        }
        assertThat(eventSourcing.repository().get(Dog.class, ID, 3).log).hasSize(3);
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> eventSourcing.repository().get(Dog.class, ID, 1));
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> eventSourcing.repository().get(Dog.class, ID, 7));
    }

    @Test
    void whatComesNextIsStoredBehindTheLastStoredEvent() {
        stored.add("Dog.Named", "{\"name\":\"Fido\"}")
                .add("Dog.Moved", "{\"from\":\"Ulm\",\"to\":\"Bonn\"}")
                .add("Dog.Barked", "{}");
        Dog dog = dog();
        Dog other = dog();
        dog.leave("Bonn");
        eventSourcing.save(dog);

        assertThat(dog.version()).isEqualTo(4);
        assertThat(dog().log).endsWith("left Bonn");
        other.leave("Bonn");
        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> eventSourcing.save(other));
    }

    @Test
    void anAggregateWhoseEventsWereAllDroppedIsNotThere() {
        stored.add("Dog.Barked", "{}");

        assertThat(eventSourcing.repository().find(Dog.class, ID)).isEmpty();
        assertThat(eventSourcing.repository().exists(Dog.class, ID)).isTrue();
    }

    @Test
    void readersOfTheStoreGetTheEventsOfToday() {
        stored.add("Dog.Moved", "{\"from\":\"Ulm\",\"to\":\"Bonn\"}")
                .add("Dog.Barked", "{}")
                .add("Dog.TrickAdded", "{\"trick\":\"sit\",\"price\":1.50}", "{\"user\":\"ann\"}")
                .add("Cat.Born", "{}");
        List<RecordedEvent> today = StoredEvents.all(store).stream()
                .flatMap(event -> eventSourcing.read(event).stream())
                .toList();

        assertThat(today)
                .extracting(RecordedEvent::type)
                .containsExactly("Dog.Left", "Dog.Arrived", "Dog.TrickAdded", "Cat.Born");
        assertThat(today).extracting(RecordedEvent::streamPosition).containsExactly(0L, 0L, 2L, 3L);
        RecordedEvent trick = today.get(2);
        assertThat(StoredEvents.text(trick.data()))
                .isEqualTo("{\"trick\":\"sit\",\"teacher\":\"nobody\",\"fee\":1.50}");
        assertThat(StoredEvents.text(trick.metadata())).contains("\"user\":\"ann\"", "\"es-revision\":\"3\"");
        assertThat(today)
                .allSatisfy(event ->
                        assertThat(eventSourcing.read(event)).singleElement().isSameAs(event));
    }

    @Test
    void storedBytesStayAsTheyAre() {
        stored.add("Dog.Named", "{\"name\":\"Fido\"}").add("Dog.TrickAdded", "{\"trick\":\"sit\",\"price\":1}");
        List<String> before = texts();
        dog();

        assertThat(texts()).isEqualTo(before);
    }

    private List<String> texts() {
        return StoredEvents.all(store).stream()
                .map(event -> event.type() + StoredEvents.text(event.data()) + StoredEvents.text(event.metadata()))
                .toList();
    }

    @Test
    void aNewerRevisionIsRefused() {
        stored.add("Dog.Registered", "{\"name\":\"Fido\"}", "{\"es-revision\":\"2\"}");

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(this::dog)
                .withMessageContainingAll(
                        "Dog.Registered[Dog-" + ID + "@0", "has revision 2", "knows revision 1", "newer");
    }

    @Test
    void aRevisionThatIsNoneIsRefused() {
        for (String revision : List.of("0", "-1", "x", "", "9999999999")) {
            MemoryEventStore other = new MemoryEventStore();
            new StoredEvents(other, "Dog", ID)
                    .add("Dog.Registered", "{\"name\":\"Fido\"}", "{\"es-revision\":\"" + revision + "\"}");
            assertThatExceptionOfType(EventMappingException.class)
                    .isThrownBy(() -> EventSourcing.builder(other)
                            .upcasters(TEACHER, FEE)
                            .build()
                            .repository()
                            .get(Dog.class, ID))
                    .withMessageContaining("no number of 1 or more as es-revision");
        }
    }

    @Test
    void metadataOfTheSameSpellingMeansNothing() {
        stored.add(
                "Dog.Registered",
                "{\"name\":\"Fido\"}",
                "{\"a\":\"es-revision\",\"b\":\"\\\"es-revision\\\":\\\"2\\\"\"}");

        assertThat(dog().version()).isEqualTo(1);
    }

    @Test
    void chainsThatDoNotLeadToTheClassAreRefusedBeforeAnythingIsStored() {
        EventSourcing without = EventSourcing.builder(store).upcasters(TEACHER).build();

        assertThatExceptionOfType(UpcasterException.class)
                .isThrownBy(() -> without.save(new Dog("Fido")))
                .withMessageContaining("Dog.TrickAdded revision 3")
                .withMessageContaining("from revision 2");
        assertThat(StoredEvents.all(store)).isEmpty();
    }

    static class Unborn extends Aggregate {
        @Event(value = "Registered", revision = 0)
        Unborn() {}
    }

    @Test
    void aRevisionOfAnEventIsOneOrMore() {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(Unborn::new)
                .withMessageContaining("The revision of Unborn() is 1 or more, not 0");
    }

    @Test
    void anUpcasterThatFailsShowsTheEventAndNoPayload() {
        Upcaster failing =
                Upcaster.from("Cat.Born", 1).change(data -> data.get("name").intValue());
        EventSourcing cats = EventSourcing.builder(store).upcasters(failing).build();
        new StoredEvents(store, "Cat", ID).add("Cat.Born", "{\"name\":\"" + CANARY + "\"}");

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> cats.read(StoredEvents.all(store).get(0)))
                .withMessageStartingWith("The upcaster of Cat.Born revision 1 failed for Cat.Born[Cat-")
                .withNoCause()
                .withMessageNotContaining(CANARY);
    }

    @Test
    void anUpcasterThatMakesSomethingElseThanItSaysIsRefused() {
        Upcaster lying =
                Upcaster.from("Cat.Born", 1).split(Set.of(), data -> List.of(UpcastEvent.of("Cat.Died", 1, data)));
        EventSourcing cats = EventSourcing.builder(store).upcasters(lying).build();
        new StoredEvents(store, "Cat", ID).add("Cat.Born", "{}");

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> cats.read(StoredEvents.all(store).get(0)))
                .withMessageContainingAll("Cat.Born revision 1", "made Cat.Died revision 1", "makes []");
    }
}
