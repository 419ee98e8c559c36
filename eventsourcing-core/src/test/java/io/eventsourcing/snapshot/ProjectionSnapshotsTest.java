package io.eventsourcing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionSnapshotsTest {

    record Counts(Map<String, Integer> byType, int total) {

        Counts plus(RecordedEvent event) {
            Map<String, Integer> counted = new java.util.LinkedHashMap<>(byType);
            counted.merge(event.type(), 1, Integer::sum);
            return new Counts(counted, total + 1);
        }
    }

    record CountsWithMore(Map<String, Integer> byType, int total, String more) {}

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing eventSourcing = EventSourcing.of(store);
    private final ProjectionSnapshots<Counts> snapshots = eventSourcing.projectionSnapshots("counts", Counts.class);

    @BeforeEach
    void saveSixEvents() {
        Dog dog = new Dog("Fido");
        for (int i = 0; i < 5; i++) {
            dog.addTrick("trick " + i);
        }
        eventSourcing.save(dog);
    }

    private Counts countUpTo(long position) {
        Counts counts = new Counts(Map.of(), 0);
        for (RecordedEvent event : store.readAll(ReadOptions.forwards().upper(Bound.inclusive(position)))) {
            counts = counts.plus(event);
        }
        return counts;
    }

    private RecordedEvent event(long position) {
        return store.readAll(ReadOptions.forwards().from(position).limit(1))
                .toList()
                .get(0);
    }

    @Test
    void onlyTheEventsBehindTheSnapshotAreReplayed() {
        snapshots.save(countUpTo(5), event(5), 1);
        ProjectionSnapshots.Saved<Counts> saved = snapshots.latest().orElseThrow();
        List<RecordedEvent> left = store.readAll(ReadOptions.forwards().lower(Bound.exclusive(saved.position())))
                .toList();

        assertThat(saved.position()).isEqualTo(5);
        assertThat(left).hasSize(1);
        assertThat(saved.state().plus(left.get(0))).isEqualTo(countUpTo(6));
    }

    @Test
    void anOlderOneReplacesNoNewerOne() {
        snapshots.save(countUpTo(5), event(5), 3);
        snapshots.save(countUpTo(2), event(2), 3);
        assertThat(snapshots.latest().orElseThrow().position()).isEqualTo(5);
        assertThat(snapshots.latest(4)).isEmpty();
        snapshots.save(countUpTo(6), event(6), 3);
        assertThat(snapshots.latest(5).orElseThrow().state()).isEqualTo(countUpTo(5));
        snapshots.delete();
        assertThat(snapshots.latest()).isEmpty();
    }

    @Test
    void oneOfAnotherShapeIsIgnored() {
        snapshots.save(countUpTo(5), event(5), 3);
        assertThat(eventSourcing
                        .projectionSnapshots("counts", CountsWithMore.class)
                        .latest())
                .isEmpty();
        assertThat(eventSourcing.projectionSnapshots("others", Counts.class).latest())
                .isEmpty();
    }

    @Test
    void oneOfEventsThatAreNotThereIsIgnored() {
        snapshots.save(countUpTo(6), event(6), 3);
        Snapshot saved =
                store.snapshots().latest(SnapshotName.ofProjection("counts")).orElseThrow();
        for (long position : List.of(6L, 60L)) {
            store.snapshots()
                    .save(
                            new Snapshot(
                                    saved.name(),
                                    position,
                                    UUID.randomUUID(),
                                    saved.type(),
                                    saved.shape(),
                                    saved.data(),
                                    saved.takenAt()),
                            3);
            assertThat(snapshots.latest()).isEmpty();
        }
    }

    record Sorted(Map<String, Integer> sorted) {}

    @Test
    void stateThatWouldNotComeBackAsItIsIsRefused() {
        ProjectionSnapshots<Sorted> sorted = eventSourcing.projectionSnapshots("sorted", Sorted.class);
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> sorted.save(new Sorted(new TreeMap<>(Map.of("a", 1))), event(1), 1))
                .withMessageContaining("TreeMap");
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.projectionSnapshots("vague", Object.class));
        assertThat(sorted.latest()).isEqualTo(Optional.empty());
    }

    @Test
    void aStoreThatKeepsNoneIsRefused() {
        assertThatExceptionOfType(UnsupportedByStoreException.class)
                .isThrownBy(() -> EventSourcing.of(new ForwardingStore()).projectionSnapshots("counts", Counts.class));
    }
}
