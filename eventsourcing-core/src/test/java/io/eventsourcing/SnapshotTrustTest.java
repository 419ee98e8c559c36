package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A snapshot is used only if it says what the events say. */
class SnapshotTrustTest extends SnapshotScene {

    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @Test
    void aDeletedAggregateIsNotMadeFromItsSnapshot() {
        Dog dog = dogOf(12);
        store.delete(stream(dog), ExpectedPosition.any());
        assertThat(eventSourcing.repository().find(Dog.class, dog.id())).isEmpty();
        assertThat(eventSourcing.snapshotStatistics().ignored()).isEqualTo(1);
    }

    @Test
    void aSnapshotOfEventsThatAreNotThereIsIgnoredAndReplacedByTheNext() {
        Dog dog = dogOf(12);
        Snapshot snapshot = store.snapshots.latest(name(dog)).orElseThrow();
        // as if the events had been restored from a backup that is older than the snapshots
        store.snapshots.save(
                new Snapshot(
                        snapshot.name(),
                        500,
                        UUID.randomUUID(),
                        snapshot.type(),
                        snapshot.shape(),
                        snapshot.data(),
                        snapshot.takenAt()),
                3);
        assertThat(eventSourcing.repository().get(Dog.class, dog.id()).tricks()).isEqualTo(dog.tricks());
        eventSourcing.repository().update(Dog.class, dog.id(), again -> again.addTrick("more"));
        assertThat(latest(dog)).contains(12L);
        assertThat(eventSourcing.repository().get(Dog.class, dog.id()).version())
                .isEqualTo(13);
        assertThat(lastReadFrom()).isEqualTo(12);
    }

    @Test
    void aSnapshotOfAnotherEventAtItsPositionIsIgnored() {
        Dog dog = dogOf(10);
        Snapshot snapshot = store.snapshots.latest(name(dog)).orElseThrow();
        store.snapshots.delete(snapshot.name());
        store.snapshots.save(
                new Snapshot(
                        snapshot.name(),
                        5,
                        UUID.randomUUID(),
                        snapshot.type(),
                        snapshot.shape(),
                        snapshot.data(),
                        snapshot.takenAt()),
                3);
        assertThat(eventSourcing.repository().get(Dog.class, dog.id()).tricks()).hasSize(9);
        assertThat(lastReadFrom()).isZero();
    }

    @Test
    void anUnreadableSnapshotIsIgnored() {
        Dog dog = dogOf(10);
        Snapshot snapshot = store.snapshots.latest(name(dog)).orElseThrow();
        for (String data : List.of("", "{", "[]", "{\"name\":{}}")) {
            store.snapshots.save(
                    new Snapshot(
                            snapshot.name(),
                            snapshot.position(),
                            snapshot.lastEvent(),
                            snapshot.type(),
                            snapshot.shape(),
                            data.getBytes(StandardCharsets.UTF_8),
                            snapshot.takenAt()),
                    3);
            assertThat(eventSourcing.repository().get(Dog.class, dog.id()).tricks())
                    .hasSize(9);
        }
        assertThat(eventSourcing.snapshotStatistics().ignored()).isEqualTo(4);
    }

    @Test
    void snapshotsAreEncryptedAsEventsAre() {
        EventSourcing secret = EventSourcing.builder(store)
                .cipherKeys(KEYS)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(1)).writtenBy(Runnable::run))
                .build();
        Dog dog = new Dog("Top secret");
        secret.save(dog);
        Snapshot snapshot = store.snapshots.latest(name(dog)).orElseThrow();
        assertThat(new String(snapshot.data(), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
        assertThat(secret.repository().get(Dog.class, dog.id()).name()).isEqualTo("Top secret");
        assertThat(secret.snapshotStatistics().used()).isEqualTo(1);

        Dog other = new Dog("Other");
        secret.save(other);
        store.snapshots.save( // moved from one aggregate to another
                new Snapshot(
                        name(other),
                        0,
                        store.read(stream(other), ReadOptions.forwards())
                                .toList()
                                .get(0)
                                .id(),
                        snapshot.type(),
                        snapshot.shape(),
                        snapshot.data(),
                        snapshot.takenAt()),
                1);
        assertThat(secret.repository().get(Dog.class, other.id()).name()).isEqualTo("Other");
        assertThat(secret.snapshotStatistics().ignored()).isEqualTo(1);
    }

    @AggregateName("Customer")
    static class Customer extends Aggregate {
        private String name;

        @Event("Registered")
        Customer(@Personal String name) {
            this.name = name;
        }
    }

    /** What the class looks like after somebody has taken the annotation away. */
    @AggregateName("Customer")
    static class CarelessCustomer extends Aggregate {
        private String name;

        @Event("Registered")
        CarelessCustomer(String name) {
            this.name = name;
        }

        @Event("Waved")
        void wave() {}
    }

    @Test
    void noSnapshotHoldsPersonalData() {
        MemoryEventStore memory = new MemoryEventStore();
        EventSourcingBuilder builder = EventSourcing.builder(memory)
                .cipherKeys(KEYS)
                .cacheSize(10)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(1)).writtenBy(Runnable::run));
        EventSourcing before = builder.build();
        EventSourcing careless = builder.build();
        Customer ann = new Customer("Ann");
        before.save(ann);
        assertThat(memory.snapshots().latest(name(ann))).isEmpty();
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> before.repository().takeSnapshot(Customer.class, ann.id()))
                .withMessageContaining("personal data");
        for (int i = 0; i < 20; i++) {
            careless.repository().update(CarelessCustomer.class, ann.id(), CarelessCustomer::wave);
        }
        assertThat(careless.repository().get(CarelessCustomer.class, ann.id()).name)
                .isEqualTo("Ann");
        assertThat(memory.snapshots().latest(name(ann))).isEmpty();

        careless.forget(ann.id().toString());
        assertThat(careless.repository().get(CarelessCustomer.class, ann.id()).name)
                .isNull();
    }
}
