package io.eventsourcing.weaving;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.memory.MemoryEventStore;

/** A program that runs in a JVM of its own: it prints what it recorded, and what it loaded. */
final class Door {

    static final String RECORDED = "recorded [Registered{name=Fido}, TrickAdded{trick=sit}]";
    static final String LOADED = "loaded [sit] at version 2";

    private Door() {}

    public static void main(String[] args) {
        Dog dog = new Dog("Fido");
        dog.addTrick("sit");
        System.out.println("recorded " + dog.pendingEvents());
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        eventSourcing.save(dog);
        Dog loaded = eventSourcing.repository().get(Dog.class, dog.id());
        System.out.println("loaded " + loaded.tricks() + " at version " + loaded.version());
    }
}
