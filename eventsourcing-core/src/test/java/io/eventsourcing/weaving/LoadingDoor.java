package io.eventsourcing.weaving;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A program that loads an aggregate, stored by an earlier one, before it makes any. */
final class LoadingDoor {

    static final String EXPECTED = "loaded Fido, recorded [TrickAdded{trick=sit}]";

    private LoadingDoor() {}

    public static void main(String[] args) {
        UUID id = UUID.randomUUID();
        byte[] data = "{\"name\":\"Fido\"}".getBytes(StandardCharsets.UTF_8);
        NewEvent registered = new NewEvent(UUID.randomUUID(), "Dog.Registered", data, new byte[0], Instant.EPOCH);
        MemoryEventStore store = new MemoryEventStore();
        store.append(StreamName.of("Dog", id), ExpectedPosition.noStream(), List.of(registered));

        Dog dog = EventSourcing.of(store).repository().get(Dog.class, id);
        dog.addTrick("sit");
        System.out.println("loaded " + dog.name() + ", recorded " + dog.pendingEvents());
    }
}
