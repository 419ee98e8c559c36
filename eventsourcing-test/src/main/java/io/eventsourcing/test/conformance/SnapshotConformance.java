package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of each name, the latest snapshots are kept, and no older one ever stands in for a newer one. They are no events. A store
 * without {@link Capability#SNAPSHOTS} refuses.
 */
public interface SnapshotConformance extends ConformanceSuite {

    @Test
    default void snapshotComesBackAsItWasSaved() {
        whereKept(snapshots -> {
            byte[] everyByte = new byte[256];
            for (int i = 0; i < everyByte.length; i++) {
                everyByte[i] = (byte) i;
            }
            for (byte[] data : List.of(everyByte, new byte[0], new byte[Snapshot.MAX_BYTES - 10_000])) {
                Snapshot snapshot = new Snapshot(
                        newName(),
                        41,
                        UUID.randomUUID(),
                        "Dog \u00e9\uD83D\uDC15",
                        "9f2c",
                        data,
                        Instant.parse("2026-02-03T04:05:06.123456Z"));
                snapshots.save(snapshot, 1);
                assertThat(snapshots.latest(snapshot.name())).contains(snapshot);
            }
        });
    }

    @Test
    default void latestSnapshotIsTheOneOfTheHighestPosition() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            assertThat(snapshots.latest(name)).isEmpty();
            List.of(0, 9, 10, 100).forEach(position -> snapshots.save(snapshot(name, position), 5));
            assertThat(snapshots.latest(name)).contains(snapshot(name, 100));
        });
    }

    @Test
    default void olderSnapshotReplacesNoNewerOne() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            snapshots.save(snapshot(name, 10), 1);
            snapshots.save(snapshot(name, 9), 1);
            assertThat(snapshots.latest(name)).contains(snapshot(name, 10));
            snapshots.save(snapshot(name, 11), 1);
            assertThat(snapshots.latest(name)).contains(snapshot(name, 11));
        });
    }

    @Test
    default void snapshotOfTheSamePositionReplacesTheEarlierOne() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            snapshots.save(snapshot(name, 3), 2);
            snapshots.save(snapshot(name, 10), 2);
            Snapshot rebuilt =
                    new Snapshot(name, 10, UUID.randomUUID(), "Dog", "another", new byte[] {7}, TestEvents.TIME);
            snapshots.save(rebuilt, 2);
            assertThat(snapshots.latest(name)).contains(rebuilt);
            assertThat(snapshots.latest(name, 10)).contains(rebuilt);
        });
    }

    @Test
    default void latestSnapshotUpToAPositionIsFound() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            List.of(5, 10, 15).forEach(position -> snapshots.save(snapshot(name, position), 3));
            assertThat(snapshots.latest(name, 4)).isEmpty();
            assertThat(snapshots.latest(name, 5)).contains(snapshot(name, 5));
            assertThat(snapshots.latest(name, 14)).contains(snapshot(name, 10));
            assertThat(snapshots.latest(name, 15)).contains(snapshot(name, 15));
            assertThat(snapshots.latest(name, 99)).contains(snapshot(name, 15));
        });
    }

    @Test
    default void asManyAreKeptAsWereAskedFor() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            for (int position = 1; position <= 20; position++) {
                snapshots.save(snapshot(name, position), 3);
            }
            assertThat(snapshots.latest(name, 18)).contains(snapshot(name, 18));
            assertThat(snapshots.latest(name, 17)).isEmpty();
            snapshots.save(snapshot(name, 21), 1);
            assertThat(snapshots.latest(name, 21)).contains(snapshot(name, 21));
            assertThatThrownBy(() -> snapshots.save(snapshot(name, 22), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    default void streamsAndProjectionsOfTheSameNameAreApart() {
        whereKept(snapshots -> {
            SnapshotName stream = newName();
            SnapshotName projection = SnapshotName.ofProjection(stream.value());
            snapshots.save(snapshot(stream, 1), 1);
            snapshots.save(snapshot(projection, 2), 1);
            assertThat(snapshots.latest(stream)).contains(snapshot(stream, 1));
            assertThat(snapshots.latest(projection)).contains(snapshot(projection, 2));
            snapshots.delete(projection);
            assertThat(snapshots.latest(stream)).contains(snapshot(stream, 1));
            assertThat(snapshots.latest(projection)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    default void snapshotsOfNamesThatLookAlikeAreApart(LookAlike names) {
        whereKept(snapshots -> {
            String mark = UUID.randomUUID() + "-";
            SnapshotName one = SnapshotName.ofStream(StreamName.of(mark + names.one()));
            SnapshotName other = SnapshotName.ofStream(StreamName.of(mark + names.other()));
            snapshots.save(snapshot(one, 1), 1);
            assertThat(snapshots.latest(other)).isEmpty();
            snapshots.save(snapshot(other, 2), 1);
            assertThat(snapshots.latest(one)).contains(snapshot(one, 1));
            assertThat(snapshots.latest(other)).contains(snapshot(other, 2));
        });
    }

    @Test
    default void deletedSnapshotsAreGoneAndOthersCanFollow() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            SnapshotName other = newName();
            snapshots.delete(name);
            snapshots.save(snapshot(other, 1), 1);
            List.of(5, 10).forEach(position -> snapshots.save(snapshot(name, position), 2));
            snapshots.delete(name);
            assertThat(snapshots.latest(name)).isEmpty();
            assertThat(snapshots.latest(other)).contains(snapshot(other, 1));
            snapshots.save(snapshot(name, 4), 2);
            assertThat(snapshots.latest(name)).contains(snapshot(name, 4));
        });
    }

    @Test
    default void snapshotsAreNoEvents() {
        whereKept(snapshots -> {
            long before = lastCommitPosition(store());
            TestStream stream = TestStream.of(store(), 2);
            snapshots.save(snapshot(SnapshotName.ofStream(stream.name()), 1), 1);
            snapshots.save(snapshot(SnapshotName.ofProjection("p-" + stream.name()), before + 1), 1);
            List<NewEvent> more = events(1);
            stream.append(exactly(1), more);
            stream.isIntact();
            assertThat(allAfter(store(), before))
                    .hasSize(3)
                    .allMatch(event -> event.stream().equals(stream.name()));
            assertThat(store().readAll(ReadOptions.backwards().limit(3)).toList())
                    .allMatch(event -> event.stream().equals(stream.name()));
            assertFollowersSee(before, 3, stream.name());
            if (store() instanceof Catalogue catalogue) {
                assertThat(catalogue.streams(StreamFilter.all()))
                        .allMatch(name -> store().position(name).exists());
            }
        });
    }

    private void assertFollowersSee(long behind, int count, StreamName stream) {
        List<StreamName> seen = new CopyOnWriteArrayList<>();
        try (Subscription subscription =
                store().subscribe(SubscribeOptions.after(behind), event -> seen.add(event.stream()))) {
            Patience.awaits(() -> seen.size() >= count || !subscription.isRunning());
        }
        assertThat(seen).hasSize(count).containsOnly(stream);
    }

    /** What becomes of the events is for the reader to find out, by the id of the last one. */
    @Test
    default void snapshotsOutliveTheirStream() {
        whereKept(snapshots -> {
            TestStream stream = TestStream.of(store(), 2);
            SnapshotName name = SnapshotName.ofStream(stream.name());
            snapshots.save(snapshot(name, 1), 1);
            if (store() instanceof StreamDeleter deleter) {
                deleter.delete(stream.name(), exactly(1));
                assertThat(store().read(stream.name(), ReadOptions.forwards().from(1))
                                .toList())
                        .isEmpty();
            }
            assertThat(snapshots.latest(name)).contains(snapshot(name, 1));
        });
    }

    @Test
    default void ofManyThatAreSavedAtOnceTheLatestWins() {
        whereKept(snapshots -> {
            SnapshotName name = newName();
            int each = 25;
            Race.of(4, number -> {
                for (int i = each; i > 0; i--) {
                    snapshots.save(snapshot(name, i * 4L + number), 2);
                }
                return number;
            });
            assertThat(snapshots.latest(name)).contains(snapshot(name, each * 4L + 3));
        });
    }

    @Test
    default void snapshotsAreThereAfterReopening() {
        if (!fixture().capabilities().contains(Capability.DURABLE)) {
            assertThatThrownBy(() -> fixture().reopen()).isInstanceOf(UnsupportedByStoreException.class);
            return;
        }
        whereKept(snapshots -> {
            SnapshotName name = newName();
            snapshots.save(snapshot(name, 5), 1);
            EventStore reopened = fixture().reopen();
            assertThat(reopened.require(SnapshotSource.class).snapshots().latest(name))
                    .contains(snapshot(name, 5));
        });
    }

    @ParameterizedTest
    @EnumSource
    default void snapshotsTakeNoPartInTransactionsOfTheCaller(TransactionEnd end) {
        if (!fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
            TestStream stream = TestStream.of(store(), 1);
            assertThatThrownBy(() -> fixture().inTransaction(store(), () -> end))
                    .isInstanceOf(UnsupportedByStoreException.class);
            stream.isIntact();
            return;
        }
        whereKept(snapshots -> {
            SnapshotName name = newName();
            fixture().inTransaction(store(), () -> {
                snapshots.save(snapshot(name, 5), 1);
                return end;
            });
            assertThat(snapshots.latest(name)).contains(snapshot(name, 5));
        });
    }

    private static SnapshotName newName() {
        return SnapshotName.ofStream(TestEvents.newStream());
    }

    /** The same for the same position. */
    private static Snapshot snapshot(SnapshotName name, long position) {
        return new Snapshot(
                name,
                position,
                new UUID(7, position),
                "Conformance",
                "shape",
                TestEvents.utf8("state at " + position),
                TestEvents.TIME.plusSeconds(position));
    }

    /** Runs a test, or expects a refusal of a store without {@link Capability#SNAPSHOTS}. */
    private void whereKept(Consumer<SnapshotStore> test) {
        if (fixture().capabilities().contains(Capability.SNAPSHOTS)) {
            test.accept(store().require(SnapshotSource.class).snapshots());
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> store().require(SnapshotSource.class))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(SnapshotSource.class.getSimpleName());
        stream.isIntact();
    }
}
