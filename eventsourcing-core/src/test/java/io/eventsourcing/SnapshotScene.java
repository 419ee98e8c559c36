package io.eventsourcing;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.fixtures.TestClock;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store that notes from where its streams are read, and a program that takes snapshots of ten events. */
abstract class SnapshotScene {

    /** Counts how many events are read of streams. */
    static class CountingStore extends ForwardingStore implements SnapshotSource, StreamDeleter {
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
    static class KeptSnapshots implements SnapshotStore {
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

    final CountingStore store = new CountingStore();
    final TestClock clock = new TestClock("2026-02-03T04:05:06Z");
    final EventSourcing eventSourcing = with(SnapshotPolicy.every(10));

    EventSourcing with(SnapshotPolicy policy) {
        return EventSourcing.builder(store)
                .clock(clock)
                .snapshots(SnapshotOptions.of(policy).keeping(3).writtenBy(Runnable::run))
                .build();
    }

    Dog dogOf(int events) {
        Dog dog = new Dog("Fido");
        eventSourcing.save(dog);
        for (int i = 1; i < events; i++) {
            dog.addTrick("trick " + i);
            eventSourcing.save(dog);
        }
        return dog;
    }

    Optional<Long> latest(Aggregate aggregate) {
        return store.snapshots.latest(name(aggregate)).map(Snapshot::position);
    }

    static StreamName stream(Aggregate aggregate) {
        return aggregate.stream();
    }

    static SnapshotName name(Aggregate aggregate) {
        return SnapshotName.ofStream(aggregate.stream());
    }

    long lastReadFrom() {
        return store.firstPositions.get(store.firstPositions.size() - 1);
    }
}
