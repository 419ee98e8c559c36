package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.snapshot.ProjectionSnapshots;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What docs/snapshots.md says. */
class SnapshotsTest {

    private final EventStore store = new MemoryEventStore();

    @Test
    void snapshotsAreTakenAndUsed() {
        // tag::policy[]
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(100).or(SnapshotPolicy.after(Duration.ofHours(1))))
                        .keeping(3))
                .build();
        // end::policy[]
        Dog dog = new Dog("Fido");
        for (int i = 0; i < 99; i++) {
            dog.addTrick("trick " + i);
        }
        eventSourcing.save(dog);
        eventSourcing.awaitSnapshots();
        // tag::use[]
        Dog loaded = eventSourcing.repository().get(Dog.class, dog.id()); // reads one event, not a hundred

        assertThat(loaded.tricks()).hasSize(99);
        assertThat(eventSourcing.snapshotStatistics().used()).isEqualTo(1);
        // end::use[]
        // tag::byHand[]
        eventSourcing.repository().takeSnapshot(Dog.class, dog.id());
        // end::byHand[]
        assertThat(eventSourcing.snapshotStatistics().taken()).isEqualTo(2);
    }

    // tag::state[]
    record Tricks(long count) {

        Tricks plus(RecordedEvent event) {
            return event.type().equals("Dog.TrickAdded") ? new Tricks(count + 1) : this;
        }
    }
    // end::state[]

    private static Tricks countTricks(EventSourcing eventSourcing) {
        // tag::projection[]
        ProjectionSnapshots<Tricks> snapshots = eventSourcing.projectionSnapshots("tricks", Tricks.class);
        ReadOptions behindSnapshot = snapshots
                .latest()
                .map(saved -> ReadOptions.forwards().lower(Bound.exclusive(saved.position())))
                .orElse(ReadOptions.forwards());
        Tricks tricks = snapshots.latest().map(ProjectionSnapshots.Saved::state).orElse(new Tricks(0));
        RecordedEvent last = null;
        for (RecordedEvent event : eventSourcing.store().readAll(behindSnapshot)) {
            tricks = tricks.plus(event);
            last = event;
        }
        if (last != null) {
            snapshots.save(tricks, last, 1);
        }
        // end::projection[]
        return tricks;
    }

    @Test
    void projectionsGoOnBehindTheirSnapshots() {
        EventSourcing eventSourcing = EventSourcing.of(store);
        Dog dog = new Dog("Fido");
        dog.addTrick("roll");
        eventSourcing.save(dog);
        assertThat(countTricks(eventSourcing)).isEqualTo(new Tricks(1));
        dog.addTrick("sit");
        eventSourcing.save(dog);
        assertThat(countTricks(eventSourcing)).isEqualTo(new Tricks(2));
        assertThat(countTricks(eventSourcing)).isEqualTo(new Tricks(2));
    }
}
