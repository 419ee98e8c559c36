package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.fixtures.TestClock;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemorySnapshots;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.snapshot.SnapshotStatistics;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    /** Counts how many events are read of streams. */
    private static class CountingStore extends ForwardingStore implements SnapshotSource, StreamDeleter {
        final List<Long> firstPositions = new ArrayList<>();
        SnapshotStore snapshots = memory.snapshots();

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            firstPositions.add(options.from().orElse(0));
            return super.read(stream, options);
        }

        @Override
        public SnapshotStore snapshots() {
            return snapshots;
        }

        @Override
        public void delete(StreamName stream, ExpectedPosition expected) {
            memory.delete(stream, expected);
        }

        @Override
        public void tombstone(StreamName stream, ExpectedPosition expected) {
            memory.tombstone(stream, expected);
        }
    }

    /** Keeps them in another one. */
    private static class KeptSnapshots implements SnapshotStore {
        private final SnapshotStore kept;

        KeptSnapshots(SnapshotStore kept) {
            this.kept = kept;
        }

        @Override
        public void save(Snapshot snapshot, int count) {
            kept.save(snapshot, count);
        }

        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return kept.latest(name, position);
        }

        @Override
        public void delete(SnapshotName name) {
            kept.delete(name);
        }
    }

    private final CountingStore store = new CountingStore();
    private final TestClock clock = new TestClock("2026-02-03T04:05:06Z");
    private final EventSourcing eventSourcing = with(SnapshotPolicy.every(10));

    private EventSourcing with(SnapshotPolicy policy) {
        return EventSourcing.builder(store)
                .clock(clock)
                .snapshots(SnapshotOptions.of(policy).keeping(3).writtenBy(Runnable::run))
                .build();
    }

    private Dog dogOf(int events) {
        Dog dog = new Dog("Fido");
        eventSourcing.save(dog);
        for (int i = 1; i < events; i++) {
            dog.addTrick("trick " + i);
            eventSourcing.save(dog);
        }
        return dog;
    }

    private Optional<Long> latest(Aggregate aggregate) {
        return store.snapshots.latest(name(aggregate)).map(Snapshot::position);
    }

    private static StreamName stream(Aggregate aggregate) {
        return aggregate.stream();
    }

    private static SnapshotName name(Aggregate aggregate) {
        return SnapshotName.ofStream(aggregate.stream());
    }

    private long lastReadFrom() {
        return store.firstPositions.get(store.firstPositions.size() - 1);
    }

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

    @AggregateName("Kennel")
    static class Kennel extends Aggregate {
        private int places;

        @Event("Opened")
        Kennel() {}

        @Event("Extended")
        void extend(int by) {
            places += by;
        }
    }

    @AggregateName("Kennel")
    static class KennelWithOneFieldMore extends Aggregate {
        private int places;
        private int extensions;

        @Event("Opened")
        KennelWithOneFieldMore() {}

        @Event("Extended")
        void extend(int by) {
            places += by;
            extensions++;
        }
    }

    @AggregateName("Kennel")
    @SnapshotRevision(2)
    static class KennelThatCountsDouble extends Aggregate {
        private int places;

        @Event("Opened")
        KennelThatCountsDouble() {}

        @Event("Extended")
        void extend(int by) {
            places += 2 * by;
        }
    }

    @AggregateName(value = "Boarding", formerly = "Kennel")
    static class Boarding extends Aggregate {
        private int places;

        @Event("Opened")
        Boarding() {}

        @Event(value = "Extended", revision = 2)
        void extend(int by) {
            places += by;
        }
    }

    private Kennel savedKennel() {
        Kennel kennel = new Kennel();
        for (int i = 0; i < 12; i++) {
            kennel.extend(1);
        }
        eventSourcing.save(kennel);
        assertThat(latest(kennel)).contains(12L);
        return kennel;
    }

    @Test
    void aSnapshotOfAnOldShapeIsIgnoredAndRebuilt() {
        UUID id = savedKennel().id();
        EventSourcing today = with(SnapshotPolicy.every(5));
        assertThat(today.repository().get(KennelWithOneFieldMore.class, id).extensions)
                .isEqualTo(12);
        assertThat(lastReadFrom()).isZero();
        today.repository().update(KennelWithOneFieldMore.class, id, kennel -> kennel.extend(3));
        assertThat(today.repository().get(KennelWithOneFieldMore.class, id).extensions)
                .isEqualTo(13);
        assertThat(lastReadFrom()).isEqualTo(13);
        assertThat(today.repository().get(KennelWithOneFieldMore.class, id).places)
                .isEqualTo(15);
    }

    @Test
    void aSnapshotOfAnOldRevisionIsIgnored() {
        UUID id = savedKennel().id();
        assertThat(with(SnapshotPolicy.never()).repository().get(KennelThatCountsDouble.class, id).places)
                .isEqualTo(24);
    }

    @Test
    void anUpcasterThatWasAddedMakesSnapshotsOld() {
        UUID id = savedKennel().id();
        EventSourcing today = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(5)).writtenBy(Runnable::run))
                .upcasters(List.of(Upcaster.from("Boarding.Extended", 1).change(data -> data.put("by", 10))))
                .build();
        assertThat(today.repository().get(Boarding.class, id).places).isEqualTo(120);
        today.repository().update(Boarding.class, id, kennel -> kennel.extend(3));
        Boarding loaded = today.repository().get(Boarding.class, id);
        assertThat(lastReadFrom()).isEqualTo(13);
        assertThat(loaded.places).isEqualTo(123);
        assertThat(loaded.stream().category()).isEqualTo("Kennel");
    }

    @Test
    void anUpcasterOfAnEventThatTheClassDoesNotHaveMakesSnapshotsOld() {
        UUID id = savedKennel().id();
        EventSourcing today = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.never()).writtenBy(Runnable::run))
                .upcasters(List.of(Upcaster.from("Kennel.Painted", 1).drop()))
                .build();
        assertThat(today.repository().get(Kennel.class, id).places).isEqualTo(12);
        assertThat(lastReadFrom()).isZero();
    }

    abstract static class Box<T> extends Aggregate {
        private final List<T> contents = new ArrayList<>();
        private String label = "none";

        void put(T thing) {
            contents.add(thing);
        }
    }

    record Ball(String colour, Optional<Integer> size) {}

    static class Toy {
        private final List<Ball> balls = new ArrayList<>();
        private int count;
    }

    static class ToyBox extends Box<Ball> {
        private final String label;
        private final Toy toy = new Toy();
        private final Set<String> colours = new HashSet<>();
        private transient int notStored;

        @Event("Made")
        ToyBox(String label) {
            this.label = label;
        }

        @Event("Filled")
        void fill(Ball ball) {
            put(ball);
            toy.balls.add(ball);
            toy.count++;
            colours.add(ball.colour());
        }
    }

    @Test
    void privateAndFinalAndInheritedAndGenericFieldsAreRestored() {
        ToyBox box = new ToyBox("mine");
        for (int i = 0; i < 10; i++) {
            box.fill(new Ball("colour " + i, i == 3 ? Optional.empty() : Optional.of(i)));
        }
        eventSourcing.save(box);
        ToyBox loaded = eventSourcing.repository().get(ToyBox.class, box.id());

        assertThat(lastReadFrom()).isEqualTo(10);
        assertThat(loaded)
                .usingRecursiveComparison()
                .ignoringFields("clock", "progress", "replayed", "stream", "pending")
                .isEqualTo(box);
        assertThat(loaded.label).isEqualTo("mine");
        loaded.fill(new Ball("another", Optional.empty()));
        eventSourcing.save(loaded);
        assertThat(eventSourcing.repository().get(ToyBox.class, box.id()).toy.count)
                .isEqualTo(11);
        assertThat(loaded.notStored).isZero();
    }

    static class Sorted extends Aggregate {
        private final Set<String> names = new TreeSet<>();

        @Event("Made")
        Sorted() {}

        @Event("Named")
        void name(String name) {
            names.add(name);
        }
    }

    static class Remembering extends Aggregate {
        private transient int calls;

        @Event("Made")
        Remembering() {
            calls = 1;
        }
    }

    static class Vague extends Aggregate {
        private Object anything = "x";

        @Event("Made")
        Vague() {}
    }

    @Test
    void aClassWhoseStateWouldNotComeBackAsItIsIsSetAside() {
        EventSourcing eager = with(SnapshotPolicy.every(1));
        Sorted sorted = new Sorted();
        Remembering remembering = new Remembering();
        Vague vague = new Vague();
        eager.save(sorted, remembering, vague);
        sorted.name("b");
        eager.save(sorted);

        for (Aggregate aggregate : List.of(sorted, remembering, vague)) {
            assertThat(latest(aggregate)).as("%s", aggregate).isEmpty();
            assertThat(eager.repository()
                            .get(aggregate.getClass(), aggregate.id())
                            .version())
                    .isEqualTo(aggregate.version());
        }
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eager.repository().takeSnapshot(Sorted.class, sorted.id()))
                .withMessageContaining("Sorted.names is a java.util.TreeSet");
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eager.repository().takeSnapshot(Remembering.class, remembering.id()))
                .withMessageContaining("calls");
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eager.repository().takeSnapshot(Vague.class, vague.id()))
                .withMessageContaining("anything");
        assertThat(eager.snapshotStatistics().failed()).isEqualTo(2);
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
        EventSourcing.Builder builder = EventSourcing.builder(memory)
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
