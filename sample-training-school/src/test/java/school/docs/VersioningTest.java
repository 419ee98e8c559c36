package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.mapping.EventRevision;
import io.eventsourcing.mapping.UpcastEvent;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.test.GoldenEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What docs/versioning.md says. */
class VersioningTest {

    // tag::renamed[]
    @AggregateName(value = "Hound", formerly = "Dog")
    public static class Hound extends Aggregate {

        private final List<String> tricks = new ArrayList<>();

        @Event("Registered")
        public Hound(String name) {}

        @Event(value = "TrickLearnt", formerly = "TrickAdded")
        public void learn(String trick) {
            tricks.add(trick);
        }
    }
    // end::renamed[]

    // tag::revised[]
    @AggregateName("Dog")
    public static class TaughtDog extends Aggregate {

        private final List<String> tricks = new ArrayList<>();

        @Event("Registered")
        public TaughtDog(String name) {}

        @Event(value = "TrickAdded", revision = 2)
        public void addTrick(String trick, String teacher) {
            tricks.add(trick + ", taught by " + teacher);
        }
    }
    // end::revised[]

    // tag::beans[]
    @Configuration(proxyBeanMethods = false)
    static class Upcasters {

        @Bean
        Upcaster trickWithoutTeacher() {
            return Upcaster.from("Dog.TrickAdded", 1).change(data -> data.put("teacher", "somebody"));
        }

        @Bean
        Upcaster newTrick() {
            return Upcaster.from("Dog.NewTrick", 1).rename("Dog.TrickAdded");
        }

        @Bean
        Upcaster barked() {
            return Upcaster.from("Dog.Barked", 1).drop();
        }

        @Bean
        Upcaster adopted() {
            EventRevision registered = EventRevision.of("Dog.Registered", 1);
            EventRevision trickAdded = EventRevision.of("Dog.TrickAdded", 2);
            return Upcaster.from("Dog.Adopted", 1)
                    .split(
                            Set.of(registered, trickAdded),
                            data -> List.of(
                                    new UpcastEvent(registered, data.deepCopy().retain("name")),
                                    new UpcastEvent(
                                            trickAdded, data.retain("trick").put("teacher", "its mother"))));
        }
    }
    // end::beans[]

    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    private final MemoryEventStore store = new MemoryEventStore();

    private void stored(String type, String json) {
        NewEvent event = new NewEvent(
                UUID.randomUUID(), type, json.getBytes(StandardCharsets.UTF_8), new byte[0], Instant.EPOCH);
        store.append(StreamName.of("Dog", ID), ExpectedPosition.any(), List.of(event));
    }

    @Test
    void whatWasRenamedIsRead() {
        stored("Dog.Registered", "{\"name\":\"Fido\"}");
        stored("Dog.TrickAdded", "{\"trick\":\"sit\"}");

        assertThat(EventSourcing.of(store).repository().get(Hound.class, ID).tricks)
                .containsExactly("sit");
    }

    @Test
    void oldRevisionsAreLedToTheNewOnes() {
        stored("Dog.Adopted", "{\"name\":\"Fido\",\"trick\":\"beg\"}");
        stored("Dog.Barked", "{}");
        stored("Dog.NewTrick", "{\"trick\":\"sit\"}");
        Upcasters upcasters = new Upcasters();
        EventSourcingBuilder builder = EventSourcing.builder(store);
        // tag::builder[]
        EventSourcing eventSourcing = builder.upcasters(
                        upcasters.trickWithoutTeacher(), upcasters.newTrick(), upcasters.barked(), upcasters.adopted())
                .build();
        // end::builder[]
        TaughtDog dog = eventSourcing.repository().get(TaughtDog.class, ID);
        assertThat(dog.tricks).containsExactly("beg, taught by its mother", "sit, taught by somebody");
        assertThat(dog.version()).isEqualTo(3);

        List<String> types = new ArrayList<>();
        // tag::read[]
        for (RecordedEvent stored : store.readAll(ReadOptions.forwards())) {
            for (RecordedEvent today : eventSourcing.read(stored)) {
                types.add(today.type());
            }
        }
        // end::read[]
        assertThat(types).containsExactly("Dog.Registered", "Dog.TrickAdded", "Dog.TrickAdded");
    }

    // tag::golden[]
    private final GoldenEvents golden = GoldenEvents.in(Path.of("src/test/resources/golden"));

    @Test
    void dogsAreStoredAsTheyAlwaysWere() {
        Dog dog = new Dog("Fido");
        dog.addTrick("roll over");

        golden.assertStoredAs("dog", dog);
    }

    @Test
    void dogsThatWereStoredCanBeRead() {
        assertThat(golden.load("dog", Dog.class).tricks()).containsExactly("roll over");
    }
    // end::golden[]
}
