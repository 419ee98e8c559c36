package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.memory.MemoryEventStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConstructorEventTest {

    static class Dog extends Aggregate {
        final String name;
        final int age;
        final List<String> tricks = new ArrayList<>();

        @Event("Registered")
        Dog(String name, int age) {
            if (age < 0) {
                throw new IllegalArgumentException("not born yet");
            }
            this.name = name;
            this.age = age;
        }

        /** Branches before it calls the other, and goes on after it. */
        @Event("Found")
        Dog(@Nullable String nickname) {
            this(nickname == null ? "Stray" : nickname.isEmpty() ? "Nameless" : nickname, 1);
            tricks.add("bark");
            addTrick("run");
        }

        Dog() {
            this("Rex", 2);
            addTrick("beg");
        }

        @Event("TrickAdded")
        void addTrick(String trick) {
            tricks.add(trick);
        }
    }

    abstract static class Animal extends Aggregate {
        final String kind;

        @Event("AnimalBorn")
        Animal(String kind) {
            this.kind = kind;
            moved("out");
        }

        @Event
        void moved(String where) {}
    }

    static class Cat extends Animal {
        final String name;

        @Event("CatBorn")
        Cat(String name) {
            super(name.startsWith("L") ? "lion" : "cat");
            this.name = name;
            moved("in");
        }
    }

    /** A concrete superclass, whose own objects are aggregates too. */
    static class Bird extends Animal {
        @Event("BirdBorn")
        Bird(String kind) {
            super(kind);
        }
    }

    static class Duck extends Bird {
        @Event("DuckBorn")
        Duck() {
            super("duck");
        }
    }

    static class Account extends Aggregate {
        static UUID createId(String owner) {
            return UUID.nameUUIDFromBytes(owner.getBytes(StandardCharsets.UTF_8));
        }

        final String owner;

        @Event("Opened")
        Account(String owner, long cents) {
            super();
            if (cents < 0) {
                throw new IllegalArgumentException("in debt");
            }
            this.owner = owner;
        }

        @Event("Moved")
        Account(String owner, String from) {
            this(owner, Long.parseLong(from));
        }
    }

    private final EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());

    private static List<String> events(Aggregate aggregate) {
        return aggregate.pendingEvents().stream().map(PendingEvent::toString).toList();
    }

    @Test
    void finalFieldsAreSetAgainByTheConstructor() {
        Dog dog = new Dog("Fido", 3);

        assertThat(events(dog)).containsExactly("Registered{name=Fido, age=3}");
        assertThat(RoundTrip.of(dog).age).isEqualTo(3);
    }

    @Test
    void ofTwoConstructorsInAChainTheOutermostIsTheEvent() {
        Dog dog = new Dog("Lassie");

        assertThat(events(dog)).containsExactly("Found{nickname=Lassie}");
        assertThat(dog.version()).isEqualTo(1);
        assertThat(RoundTrip.of(dog).tricks).containsExactly("bark", "run");
    }

    @Test
    void argumentsOfTheOuterConstructorMayBranch() {
        assertThat(RoundTrip.of(new Dog((String) null)).name).isEqualTo("Stray");
        assertThat(RoundTrip.of(new Dog("")).name).isEqualTo("Nameless");
    }

    @Test
    void outermostOfAChainMayHaveNoEventAndGoOnWithCommands() {
        Dog dog = new Dog();

        assertThat(events(dog)).containsExactly("Registered{name=Rex, age=2}", "TrickAdded{trick=beg}");
        RoundTrip.of(dog);
    }

    @Test
    void commandsAfterAChainOfConstructorsAreRecorded() {
        Dog dog = new Dog("Lassie");
        dog.addTrick("sit");

        assertThat(dog.version()).isEqualTo(2);
        assertThat(RoundTrip.of(dog).tricks).containsExactly("bark", "run", "sit");
    }

    @Test
    void constructorMayBePrivateAndCalledByAFactory() {
        Secret secret = Secret.of("x");

        assertThat(events(secret)).containsExactly("Kept{text=<x>}");
        RoundTrip.of(secret);
    }

    static final class Secret extends Aggregate {
        private final String text;

        @Event("Kept")
        private Secret(String text) {
            this.text = text;
        }

        static Secret of(String text) {
            return new Secret("<" + text + ">");
        }
    }

    @Test
    void constructorOfTheSuperclassIsPartOfTheEvent() {
        Cat cat = new Cat("Luna");

        assertThat(events(cat)).containsExactly("CatBorn{name=Luna}");
        Cat loaded = RoundTrip.of(cat);
        assertThat(loaded.kind).isEqualTo("lion");
        loaded.moved("on");
        assertThat(events(loaded)).containsExactly("Moved{where=on}");
    }

    @Test
    void concreteSuperclassHasItsOwnEventAndItsSubclassAnother() {
        assertThat(events(RoundTrip.of(new Bird("robin")))).isEmpty();
        Duck duck = new Duck();
        assertThat(events(duck)).containsExactly("DuckBorn{}");
        assertThat(duck.pendingEvents().get(0).type()).isEqualTo("Duck.DuckBorn");
        assertThat(RoundTrip.of(duck).kind).isEqualTo("duck");
    }

    @Test
    void constructorThatThrowsLeavesNothingBehind() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Dog("Fido", -1));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> new Cat(nothing()));

        assertThat(events(new Dog("Fido", 1))).containsExactly("Registered{name=Fido, age=1}");
        assertThat(events(new Cat("Tom"))).containsExactly("CatBorn{name=Tom}");
    }

    @SuppressWarnings("NullAway")
    private static String nothing() {
        return null;
    }

    @Test
    void constructorThatThrowsLeavesNoArgumentsForTheNextId() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Account("Ada", -1));
        assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> new Account("Ada", "none"));

        assertThat(new Account("Bob", 1).id()).isEqualTo(Account.createId("Bob"));
        assertThat(new Account("Eve", "2").id()).isEqualTo(Account.createId("Eve"));
        assertThat(RoundTrip.of(new Account("Ada", 1)).id()).isEqualTo(Account.createId("Ada"));
    }

    @Test
    void replayThatThrowsLeavesNothingBehind() throws Exception {
        Kitten kitten = new Kitten("Mia");
        eventSourcing.save(kitten);
        Kitten.refuse = true;
        try {
            assertThatExceptionOfType(EventSourcingException.class)
                    .isThrownBy(() -> eventSourcing.repository().get(Kitten.class, kitten.id()))
                    .withMessageStartingWith("Replaying Kitten.Born[")
                    .withMessageContaining("Kitten(String)")
                    .withMessageContaining("move the check to a method that isn't replayed");
        } finally {
            Kitten.refuse = false;
        }

        Kitten next = new Kitten("Tim");
        assertThat(next.id()).isNotEqualTo(kitten.id());
        assertThat(events(next)).containsExactly("Born{name=Tim}");
        assertThat(RoundTrip.of(next).name).isEqualTo("Tim");
    }

    static class Kitten extends Aggregate {
        static boolean refuse;
        final String name;

        @Event("Born")
        Kitten(String name) throws IOException {
            if (refuse) {
                throw new IOException("a checked exception");
            }
            this.name = name;
        }
    }
}
