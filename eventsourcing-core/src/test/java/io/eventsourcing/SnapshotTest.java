package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.memory.MemorySnapshots;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.snapshot.SnapshotStatistics;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest extends SnapshotScene {

    @Test
    void aSnapshotIsTakenEverySoManyEvents() {
        Dog dog = dogOf(9);
        assertThat(latest(dog)).isEmpty();
        dog.addTrick("roll");
        eventSourcing.save(dog);
        assertThat(latest(dog)).contains(9L);
        dogOf(1);
        for (int i = 0; i < 9; i++) {
            eventSourcing.repository().update(Dog.class, dog.id(), again -> again.addTrick("again"));
        }
        assertThat(latest(dog)).contains(9L);
        eventSourcing.repository().update(Dog.class, dog.id(), again -> again.addTrick("again"));
        assertThat(latest(dog)).contains(19L);
    }

    @Test
    void onlyTheEventsBehindTheSnapshotAreRead() {
        Dog dog = dogOf(13);
        Dog loaded = eventSourcing.repository().get(Dog.class, dog.id());

        assertThat(lastReadFrom()).isEqualTo(9);
        assertThat(loaded.tricks()).isEqualTo(dog.tricks());
        assertThat(loaded.name()).isEqualTo("Fido");
        assertThat(loaded.version()).isEqualTo(13);
        assertThat(loaded.id()).isEqualTo(dog.id());
        assertThat(loaded.createdOn()).isEqualTo(dog.createdOn());
        assertThat(loaded.modifiedOn()).isEqualTo(dog.modifiedOn());
        assertThat(loaded.pendingEvents()).isEmpty();
        loaded.addTrick("more");
        assertThat(eventSourcing.save(loaded).recordings()).hasSize(1);
        assertThat(eventSourcing.snapshotStatistics()).isEqualTo(new SnapshotStatistics(1, 0, 1, 0));
    }

    @Test
    void pastVersionsAreMadeFromTheLatestSnapshotBefore() {
        Dog dog = dogOf(45);
        for (int version = 1; version <= 45; version++) {
            Dog past = eventSourcing.repository().get(Dog.class, dog.id(), version);
            assertThat(past.version()).isEqualTo(version);
            assertThat(past.tricks())
                    .isEqualTo(IntStream.range(1, version)
                            .mapToObj(i -> "trick " + i)
                            .toList());
            assertThat(lastReadFrom()).isEqualTo(version < 20 ? 0 : (version / 10) * 10 - 1);
        }
    }

    @Test
    void aSnapshotIsTakenAfterATime() {
        EventSourcing timed = with(SnapshotPolicy.after(Duration.ofMinutes(10)));
        Dog dog = new Dog("Fido");
        timed.save(dog);
        clock.advance(Duration.ofMinutes(9));
        timed.repository().update(Dog.class, dog.id(), again -> again.addTrick("early"));
        assertThat(latest(dog)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        timed.repository().update(Dog.class, dog.id(), again -> again.addTrick("in time"));
        assertThat(latest(dog)).contains(2L);
        timed.repository().update(Dog.class, dog.id(), again -> again.addTrick("soon again"));
        assertThat(latest(dog)).contains(2L);
        assertThat(SnapshotPolicy.never()
                        .or(SnapshotPolicy.every(2))
                        .isDue(new SnapshotPolicy.Progress(Dog.class, 2, clock.instant(), clock.instant())))
                .isTrue();
    }

    @Test
    void aSnapshotIsTakenByHand() {
        EventSourcing byHand = with(SnapshotPolicy.never());
        Dog dog = dogOf(5);
        byHand.repository().takeSnapshot(Dog.class, dog.id());
        assertThat(latest(dog)).contains(4L);
        byHand.repository().get(Dog.class, dog.id());
        assertThat(lastReadFrom()).isEqualTo(4);
        assertThatIllegalStateException()
                .isThrownBy(() -> EventSourcing.of(store).repository().takeSnapshot(Dog.class, dog.id()))
                .withMessageContaining("snapshots(");
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> byHand.repository().takeSnapshot(Dog.class, UUID.randomUUID()));
    }

    @Test
    void aStoreThatKeepsNoneIsRefused() {
        assertThatExceptionOfType(UnsupportedByStoreException.class)
                .isThrownBy(() -> EventSourcing.builder(new ForwardingStore())
                        .snapshots(SnapshotOptions.of(SnapshotPolicy.never()))
                        .build());
        MemorySnapshots elsewhere = new MemorySnapshots();
        try (EventSourcing other = EventSourcing.builder(new ForwardingStore())
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(1)).in(elsewhere))
                .build()) {
            Dog dog = new Dog("Fido");
            other.save(dog);
            other.awaitSnapshots();
            assertThat(elsewhere.latest(name(dog))).isPresent();
        }
    }

    @Test
    void aFailingSnapshotFailsNoSave() {
        store.snapshots = new KeptSnapshots(store.snapshots) {
            @Override
            public void save(Snapshot snapshot, int kept) {
                throw new StoreUnavailableException("full", null);
            }

            @Override
            public Optional<Snapshot> latest(SnapshotName name, long position) {
                throw new StoreUnavailableException("gone", null);
            }
        };
        EventSourcing failing = with(SnapshotPolicy.every(1));
        Dog dog = new Dog("Fido");
        failing.save(dog);
        dog.addTrick("roll");
        failing.save(dog);
        assertThat(failing.repository().get(Dog.class, dog.id()).tricks()).containsExactly("roll");
        assertThat(failing.snapshotStatistics()).isEqualTo(new SnapshotStatistics(0, 0, 0, 3));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> failing.repository().takeSnapshot(Dog.class, dog.id()));
    }

    @Test
    void aSlowSnapshotSlowsNoSave() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        SnapshotStore kept = store.snapshots;
        store.snapshots = new KeptSnapshots(store.snapshots) {
            @Override
            public void save(Snapshot snapshot, int count) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                kept.save(snapshot, count);
            }
        };
        EventSourcing slow = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(1)))
                .build();
        Dog dog = new Dog("Fido");
        slow.save(dog);
        dog.addTrick("changed before the snapshot is stored, and not saved");
        assertThat(kept.latest(name(dog))).isEmpty();
        go.countDown();
        slow.awaitSnapshots();
        store.snapshots = kept;
        assertThat(with(SnapshotPolicy.never())
                        .repository()
                        .get(Dog.class, dog.id())
                        .tricks())
                .isEmpty();
        assertThat(lastReadFrom()).isZero();
        assertThat(kept.latest(name(dog))).isPresent();
    }

    /** In a transaction that is ended by hand. */
    private static final class TransactionalStore extends CountingStore implements TransactionAware {
        final List<Runnable> afterCommit = new ArrayList<>();

        @Override
        public boolean isInTransaction() {
            return true;
        }

        @Override
        public void afterCommit(Runnable action) {
            afterCommit.add(action);
        }
    }

    @Test
    void inATransactionTheSnapshotIsStoredAfterTheCommit() {
        TransactionalStore transactional = new TransactionalStore();
        EventSourcing inTransaction = EventSourcing.builder(transactional)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(1)).writtenBy(Runnable::run))
                .build();
        Dog dog = new Dog("Fido");
        inTransaction.save(dog);
        dog.addTrick("not saved when the transaction ends");
        assertThat(transactional.snapshots.latest(name(dog))).isEmpty();
        transactional.afterCommit.forEach(Runnable::run);
        assertThat(inTransaction.repository().get(Dog.class, dog.id()).tricks()).isEmpty();
        assertThat(inTransaction.snapshotStatistics().used()).isEqualTo(1);
    }
}
