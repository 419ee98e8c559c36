package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.memory.MemoryEventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NestedEventTest {

    static class Kennel extends Aggregate {
        final List<String> log = new ArrayList<>();

        @Event("Opened")
        Kennel(String name) {
            log.add("open " + name);
            cleaned("floor");
        }

        @Event
        void cleaned(String what) {
            if (what.isBlank()) {
                throw new IllegalArgumentException("what?");
            }
            log.add("clean " + what);
        }

        @Event
        void tidied(String... rooms) {
            for (String room : rooms) {
                cleaned(room);
            }
            log.add("tidy");
        }

        @Event
        void tidiedSomehow(String room) {
            try {
                cleaned(room);
            } catch (IllegalArgumentException e) {
                log.add("not clean");
            }
            cleaned("the rest");
        }

        @Event
        void greeted(Visitor visitor) {
            log.add("hello " + visitor.name());
        }
    }

    record Visitor(String name) {}

    /** Commands another aggregate, and creates one, from its bodies: only what it does to itself is replayed state. */
    static class Owner extends Aggregate {
        static final List<Kennel> built = new ArrayList<>();
        final List<UUID> kennels = new ArrayList<>();

        @Event("Born")
        Owner(String kennel) {
            built.add(new Kennel(kennel));
        }

        @Event
        void kennelBuilt(String name) {
            Kennel kennel = new Kennel(name);
            kennel.cleaned("roof");
            built.add(kennel);
        }

        void clean(Kennel kennel) {
            kennelCleaned(kennel.id(), () -> kennel.cleaned("for the owner"));
        }

        private void kennelCleaned(UUID id, Runnable cleaning) {
            new Cleaning(cleaning).run(() -> visited(id));
        }

        @Event
        private void visited(UUID kennel) {
            kennels.add(kennel);
            Cleaning.current.run();
        }
    }

    /** Lets a test run code of its own in the body of an event. */
    record Cleaning(Runnable cleaning) {
        static Runnable current = () -> {};

        void run(Runnable event) {
            current = cleaning;
            try {
                event.run();
            } finally {
                current = () -> {};
            }
        }
    }

    /** Creates aggregates of its own class from its constructor. */
    static class Mother extends Aggregate {
        final String name;
        final List<Mother> pups = new ArrayList<>();
        int births;

        @Event("Born")
        Mother(String name, int numberOfPups) {
            this.name = name;
            for (int i = 0; i < numberOfPups; i++) {
                pups.add(new Mother(name + i, 0));
            }
            births(numberOfPups);
        }

        @Event("Births")
        void births(int number) {
            births += number;
        }
    }

    private static List<String> events(Aggregate aggregate) {
        return aggregate.pendingEvents().stream().map(PendingEvent::toString).toList();
    }

    @Test
    void methodCalledFromAConstructorIsPartOfIt() {
        Kennel kennel = new Kennel("North");

        assertThat(events(kennel)).containsExactly("Opened{name=North}");
        assertThat(RoundTrip.of(kennel).log).containsExactly("open North", "clean floor");
    }

    @Test
    void methodCalledFromAMethodIsPartOfIt() {
        Kennel kennel = new Kennel("North");
        kennel.tidied("kitchen", "hall");
        kennel.cleaned("roof");

        assertThat(kennel.pendingEvents())
                .extracting(PendingEvent::name)
                .containsExactly("Opened", "Tidied", "Cleaned");
        assertThat(kennel.version()).isEqualTo(3);
        assertThat(RoundTrip.of(kennel).log).endsWith("clean kitchen", "clean hall", "tidy", "clean roof");
    }

    @Test
    void innerBodyThatThrowsThroughTheOuterRecordsNothing() {
        Kennel kennel = new Kennel("North");
        assertThatIllegalArgumentException().isThrownBy(() -> kennel.tidied("kitchen", " "));

        kennel.cleaned("roof");
        assertThat(events(kennel)).containsExactly("Opened{name=North}", "Cleaned{what=roof}");
    }

    @Test
    void outerBodyMayCatchWhatTheInnerThrows() {
        Kennel kennel = new Kennel("North");
        kennel.tidiedSomehow(" ");

        assertThat(events(kennel)).containsExactly("Opened{name=North}", "TidiedSomehow{room= }");
        assertThat(RoundTrip.of(kennel).log).endsWith("not clean", "clean the rest");
    }

    @Test
    void commandOfAnotherAggregateInABodyIsAnEventOfThatOne() {
        Kennel kennel = new Kennel("North");
        Owner owner = new Owner("South");
        owner.clean(kennel);

        assertThat(events(owner)).containsExactly("Born{kennel=South}", "Visited{kennel=" + kennel.id() + "}");
        assertThat(events(kennel)).endsWith("Cleaned{what=for the owner}");
        RoundTrip.of(owner);
        RoundTrip.of(kennel);
    }

    @Test
    void aggregateCreatedInABodyHasEventsOfItsOwn() {
        Owner.built.clear();
        Owner owner = new Owner("South");
        owner.kennelBuilt("North");

        assertThat(events(owner)).containsExactly("Born{kennel=South}", "KennelBuilt{name=North}");
        assertThat(Owner.built.get(1).pendingEvents()).hasToString("[Opened{name=North}, Cleaned{what=roof}]");
        RoundTrip.of(owner);
    }

    @Test
    void aggregateCreatedDuringAReplayIsNew() {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        Owner owner = new Owner("South");
        eventSourcing.save(owner);
        Owner.built.clear();

        eventSourcing.repository().get(Owner.class, owner.id());

        Kennel made = Owner.built.get(0);
        assertThat(made.id()).isNotEqualTo(owner.id());
        assertThat(events(made)).containsExactly("Opened{name=South}");
    }

    @Test
    void aggregateMayCreateOthersOfItsOwnClass() {
        Mother mother = new Mother("Bella", 2);
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        eventSourcing.save(mother);

        Mother loaded = eventSourcing.repository().get(Mother.class, mother.id());

        assertThat(loaded.births).isEqualTo(2);
        assertThat(loaded.pendingEvents()).isEmpty();
        assertThat(loaded.pups).hasSize(2).allSatisfy(pup -> {
            assertThat(pup.id()).isNotEqualTo(mother.id());
            assertThat(pup.pendingEvents()).hasSize(1);
        });
    }

    @Test
    void recordMayBeTheArgumentOfAnEventInsideAnother() {
        Kennel kennel = new Kennel("North");
        kennel.greeted(new Visitor("Ada"));

        assertThat(kennel.pendingEvents()).extracting(PendingEvent::name).endsWith("Visitor");
        RoundTrip.of(kennel);
    }
}
