package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;

import io.eventsourcing.memory.MemorySnapshots;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Mistakes that backends make when they keep snapshots, and a test that each of them fails. */
enum SnapshotFault {
    LAST_SAVED_WINS("olderSnapshotReplacesNoNewerOne", store -> new Wrong() {
        @Override
        public void save(Snapshot snapshot, int kept) {
            right.latest(snapshot.name())
                    .filter(latest -> latest.position() > snapshot.position())
                    .ifPresent(latest -> right.delete(snapshot.name()));
            right.save(snapshot, kept);
        }
    }),
    LAST_OF_MANY_WINS("ofManyThatAreSavedAtOnceTheLatestWins", store -> new Wrong() {
        @Override
        public void save(Snapshot snapshot, int kept) {
            right.delete(snapshot.name());
            right.save(snapshot, kept);
        }
    }),
    SORTS_POSITIONS_AS_TEXT("latestSnapshotIsTheOneOfTheHighestPosition", store -> new Wrong() {
        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return right.latest(name, 9).or(() -> right.latest(name, position));
        }
    }),
    KEEPS_THE_FIRST_OF_A_POSITION("snapshotOfTheSamePositionReplacesTheEarlierOne", store -> new Wrong() {
        @Override
        public void save(Snapshot snapshot, int kept) {
            if (right.latest(snapshot.name())
                    .filter(latest -> latest.position() == snapshot.position())
                    .isEmpty()) {
                right.save(snapshot, kept);
            }
        }
    }),
    LEAVES_OUT_THE_POSITION_ASKED_FOR("latestSnapshotUpToAPositionIsFound", store -> new Wrong() {
        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return right.latest(name, position - 1);
        }
    }),
    KEEPS_ONE("asManyAreKeptAsWereAskedFor", store -> new Wrong() {
        @Override
        public void save(Snapshot snapshot, int kept) {
            right.save(snapshot, Math.min(kept, 1));
        }
    }),
    KEEPS_ALL("asManyAreKeptAsWereAskedFor", store -> new Wrong() {
        @Override
        public void save(Snapshot snapshot, int kept) {
            right.save(snapshot, kept < 1 ? kept : Integer.MAX_VALUE);
        }
    }),
    MIXES_STREAMS_AND_PROJECTIONS("streamsAndProjectionsOfTheSameNameAreApart", store -> new Renaming() {
        @Override
        SnapshotName renamed(SnapshotName name) {
            return new SnapshotName(SnapshotName.Kind.STREAM, name.value());
        }
    }),
    IGNORES_CASE("snapshotsOfNamesThatLookAlikeAreApart", store -> new Renaming() {
        @Override
        SnapshotName renamed(SnapshotName name) {
            return new SnapshotName(name.kind(), name.value().toLowerCase(Locale.ROOT));
        }
    }),
    LOSES_THE_TIME("snapshotComesBackAsItWasSaved", store -> new Wrong() {
        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return right.latest(name, position)
                    .map(snapshot -> new Snapshot(
                            name,
                            snapshot.position(),
                            snapshot.lastEvent(),
                            snapshot.type(),
                            snapshot.shape(),
                            snapshot.data(),
                            TestEvents.TIME.plusNanos(1_000)));
        }
    }),
    DELETES_THE_LATEST_ALONE("deletedSnapshotsAreGoneAndOthersCanFollow", store -> new Wrong() {
        @Override
        public void delete(SnapshotName name) {
            Optional<Snapshot> earlier =
                    right.latest(name).flatMap(latest -> right.latest(name, Math.max(latest.position() - 1, 0)));
            right.delete(name);
            earlier.ifPresent(snapshot -> right.save(snapshot, 1));
        }
    }),
    FORGETS_WITH_THE_STREAM("snapshotsOutliveTheirStream", store -> new Wrong() {
        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return right.latest(name, position)
                    .filter(snapshot ->
                            store.position(StreamName.of(name.value())).exists());
        }
    }),
    WRITES_THEM_AS_EVENTS("snapshotsAreNoEvents", store -> new Wrong() {
        @Override
        public void save(Snapshot snapshot, int kept) {
            store.append(StreamName.of("snapshot-" + snapshot.name().value()), any(), List.of(TestEvents.event()));
            right.save(snapshot, kept);
        }
    });

    private final String test;
    private final Function<EventStore, SnapshotStore> snapshots;

    SnapshotFault(String test, Function<EventStore, SnapshotStore> snapshots) {
        this.test = test;
        this.snapshots = snapshots;
    }

    /** A test that finds it. */
    String test() {
        return test;
    }

    EventStore newStore() {
        return new WrongStore() {
            private final SnapshotStore wrong = snapshots.apply(right);

            @Override
            public SnapshotStore snapshots() {
                return wrong;
            }
        };
    }

    /** Right but for what a subclass spoils. */
    private static class Wrong implements SnapshotStore {

        final SnapshotStore right = new MemorySnapshots();

        @Override
        public void save(Snapshot snapshot, int kept) {
            right.save(snapshot, kept);
        }

        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return right.latest(name, position);
        }

        @Override
        public void delete(SnapshotName name) {
            right.delete(name);
        }
    }

    /** Takes names for others. */
    private abstract static class Renaming extends Wrong {

        abstract SnapshotName renamed(SnapshotName name);

        @Override
        public void save(Snapshot snapshot, int kept) {
            super.save(named(snapshot, renamed(snapshot.name())), kept);
        }

        @Override
        public Optional<Snapshot> latest(SnapshotName name, long position) {
            return super.latest(renamed(name), position).map(snapshot -> named(snapshot, name));
        }

        @Override
        public void delete(SnapshotName name) {
            super.delete(renamed(name));
        }

        private static Snapshot named(Snapshot snapshot, SnapshotName name) {
            return new Snapshot(
                    name,
                    snapshot.position(),
                    snapshot.lastEvent(),
                    snapshot.type(),
                    snapshot.shape(),
                    snapshot.data(),
                    snapshot.takenAt());
        }
    }
}
