package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InheritedEventTest {

    abstract static class Animal<T> extends Aggregate {
        final List<T> things = new ArrayList<>();
        final List<String> log = new ArrayList<>();

        @Event("Added")
        void add(T thing) {
            things.add(thing);
            log.add("animal");
        }

        @Event("AllAdded")
        protected void addAll(List<? extends T> all) {
            all.forEach(this::add);
        }

        @Event("Fed")
        public String feed(String food) {
            log.add("fed " + food);
            return "animal " + food;
        }

        @Event("Called")
        protected String call(String name) {
            log.add("called " + name);
            return name;
        }

        /** Private here and in the subclass: two methods, two events. */
        @Event("Touched")
        private void touch(int where) {
            log.add("touched " + where);
        }

        void touchAnimal(int where) {
            touch(where);
        }

        abstract void rest();
    }

    record Trick(String name, int difficulty) {}

    static class Dog extends Animal<Trick> {
        @Event("Registered")
        Dog() {}

        /** No event, but it calls one. */
        @Override
        public String feed(String food) {
            return "dog " + super.feed(food + "!");
        }

        /** An event of its own, with another name. */
        @Override
        @Event("DogCalled")
        protected String call(String name) {
            log.add("dog hears");
            return super.call(name.trim());
        }

        @Event("DogTouched")
        private void touch(int where) {
            log.add("dog touched " + where);
        }

        void touchDog(int where) {
            touch(where);
        }

        @Override
        @Event("Rested")
        void rest() {
            log.add("rest");
        }
    }

    /** Overrides with events of the same names; the first one by way of a bridge method. */
    static class Cat extends Animal<Trick> {
        @Event("Registered")
        Cat() {}

        @Override
        @Event("Added")
        void add(Trick trick) {
            super.add(new Trick(trick.name() + " purring", trick.difficulty() + 1));
            log.add("cat");
        }

        @Override
        @Event("Called")
        protected String call(String name) {
            log.add("cat ignores " + name);
            return "";
        }

        @Override
        void rest() {}
    }

    /** One class further down, whose override narrows the result, so that there is a bridge with the same parameters. */
    static class Lion extends Dog {
        @Event("LionBorn")
        Lion() {}

        @Override
        @Event("LionAdded")
        void add(Trick trick) {
            log.add("lion");
            super.add(trick);
        }
    }

    interface Named {
        Object rename(String name);
    }

    static class Fish extends Aggregate implements Named {
        String name = "";

        @Event("Hatched")
        Fish() {}

        @Override
        @Event("Renamed")
        public String rename(String newName) {
            String old = name;
            name = newName;
            return old;
        }
    }

    private static List<String> events(Aggregate aggregate) {
        return aggregate.pendingEvents().stream().map(PendingEvent::toString).toList();
    }

    @Test
    void typeVariableOfTheSuperclassIsReadAsWhatTheSubclassSays() {
        Dog dog = new Dog();
        dog.add(new Trick("sit", 1));

        assertThat(events(dog)).endsWith("Added{thing=Trick[name=sit, difficulty=1]}");
        assertThat(RoundTrip.of(dog).things).containsExactly(new Trick("sit", 1));
    }

    @Test
    void typeVariableInsideAnotherTypeIsReadAsWhatTheSubclassSays() {
        Dog dog = new Dog();
        dog.addAll(List.of(new Trick("sit", 1), new Trick("down", 2)));

        assertThat(dog.pendingEvents()).extracting(PendingEvent::name).containsExactly("Registered", "AllAdded");
        assertThat(RoundTrip.of(dog).things).containsExactly(new Trick("sit", 1), new Trick("down", 2));
    }

    @Test
    void overrideWithoutEventThatCallsSuperRecordsWhatSuperGot() {
        Dog dog = new Dog();

        assertThat(dog.feed("bone")).isEqualTo("dog animal bone!");

        assertThat(events(dog)).endsWith("Fed{food=bone!}");
        assertThat(RoundTrip.of(dog).log).containsExactly("fed bone!");
    }

    @Test
    void overrideWithAnEventOfItsOwnIsTheEventAndSuperPartOfIt() {
        Dog dog = new Dog();

        assertThat(dog.call(" Fido ")).isEqualTo("Fido");

        assertThat(events(dog)).containsExactly("Registered{}", "DogCalled{name= Fido }");
        assertThat(RoundTrip.of(dog).log).containsExactly("dog hears", "called Fido");
    }

    @Test
    void overrideWithAnEventOfTheSameNameReplacesIt() {
        Cat cat = new Cat();
        cat.call("Tom");

        assertThat(events(cat)).containsExactly("Registered{}", "Called{name=Tom}");
        assertThat(RoundTrip.of(cat).log).containsExactly("cat ignores Tom");
    }

    @Test
    void callThroughABridgeMethodIsOneEvent() {
        Cat cat = new Cat();
        Animal<Trick> animal = cat;
        animal.add(new Trick("sit", 1));
        cat.add(new Trick("down", 2));

        assertThat(events(cat))
                .containsExactly(
                        "Registered{}",
                        "Added{trick=Trick[name=sit, difficulty=1]}",
                        "Added{trick=Trick[name=down, difficulty=2]}");
        assertThat(RoundTrip.of(cat).things).containsExactly(new Trick("sit purring", 2), new Trick("down purring", 3));
    }

    @Test
    void overrideTwoClassesDownIsTheEvent() {
        Lion lion = new Lion();
        Animal<Trick> animal = lion;
        animal.add(new Trick("roar", 1));

        assertThat(lion.pendingEvents())
                .extracting(PendingEvent::type)
                .containsExactly("Lion.LionBorn", "Lion.LionAdded");
        assertThat(RoundTrip.of(lion).log).containsExactly("lion", "animal");
    }

    @Test
    void bridgeForANarrowerResultIsNoSecondEvent() {
        Fish fish = new Fish();
        Named named = fish;

        assertThat(named.rename("Nemo")).isEqualTo("");
        assertThat(fish.rename("Dory")).isEqualTo("Nemo");

        assertThat(events(fish)).containsExactly("Hatched{}", "Renamed{newName=Nemo}", "Renamed{newName=Dory}");
        assertThat(RoundTrip.of(fish).name).isEqualTo("Dory");
    }

    @Test
    void privateMethodsOfOneNameInSuperclassAndSubclassAreTwoEvents() {
        Dog dog = new Dog();
        dog.touchAnimal(1);
        dog.touchDog(2);

        assertThat(events(dog)).containsExactly("Registered{}", "Touched{where=1}", "DogTouched{where=2}");
        assertThat(RoundTrip.of(dog).log).containsExactly("touched 1", "dog touched 2");
    }

    @Test
    void abstractMethodMayBecomeAnEventInTheSubclass() {
        Dog dog = new Dog();
        ((Animal<?>) dog).rest();

        assertThat(events(dog)).endsWith("Rested{}");
        RoundTrip.of(dog);
    }
}
