package io.eventsourcing.weaving;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import java.util.UUID;

/** A program whose aggregate classes are loaded, and looked at, long before the first aggregate is made. */
final class EarlyDoor {

    static final String EXPECTED = "[CatBorn{name=Luna}, Fed{food=fish, grams=20}] derived true loaded 20";

    private EarlyDoor() {}

    /** Has no event, so nothing is woven into it, but names of parameters that must not get lost. */
    abstract static class Living extends Aggregate {
        static UUID createId(String name) {
            return new UUID(7, name.length());
        }
    }

    abstract static class Animal extends Living {
        int grams;

        @Event("AnimalBorn")
        Animal(String kind) {
            this.grams = kind.length() - kind.length();
        }

        @Event("Fed")
        void feed(String food, int grams) {
            this.grams += grams;
        }
    }

    static class Cat extends Animal {
        @Event("CatBorn")
        Cat(String name) {
            super(name);
        }
    }

    public static void main(String[] args) throws Exception {
        Class<?> cat = Class.forName(EarlyDoor.class.getName() + "$Cat", false, EarlyDoor.class.getClassLoader());
        cat.getDeclaredConstructors()[0].getAnnotations();
        cat.getSuperclass().getDeclaredMethods();
        run();
    }

    private static void run() {
        Cat luna = new Cat("Luna");
        luna.feed("fish", 20);
        String recorded = luna.pendingEvents().toString();
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        eventSourcing.save(luna);
        Cat loaded = eventSourcing.repository().get(Cat.class, luna.id());
        System.out.println(recorded + " derived " + luna.id().equals(new UUID(7, 4)) + " loaded " + loaded.grams);
    }
}
