package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.snapshot.ProjectionSnapshots;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.ResolvedEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Snapshots on the server: streams of their own, of which it shows the last events. */
class SnapshotStreamsTest {

    private final TestedServer server = TestedServer.start();
    private final EventStoreDbEventStore store = server.store().open();
    private final SnapshotStore snapshots = store.snapshots();
    private final KurrentDBClient client = server.client();
    private final StreamName stream = Events.newStream();
    private final SnapshotName name = SnapshotName.ofStream(stream);

    @AfterEach
    void stop() throws Exception {
        client.shutdown().get();
        store.close();
        server.close();
    }

    private static Snapshot snapshot(SnapshotName name, long position) {
        return new Snapshot(name, position, UUID.randomUUID(), "Dog", "f00d", "{}".getBytes(UTF_8), Instant.EPOCH);
    }

    private List<ResolvedEvent> shown(String serverName) throws Exception {
        return client.readStream(serverName, ReadStreamOptions.get()).get().getEvents();
    }

    @Test
    void theServerShowsAsManyAsAreKept() throws Exception {
        for (int position = 1; position <= 10; position++) {
            snapshots.save(snapshot(name, position), 3);
        }
        assertThat(client.getStreamMetadata("snapshot-$" + stream).get().getMaxCount())
                .isEqualTo(3);
        assertThat(shown("snapshot-$" + stream)).hasSize(3);
        snapshots.save(snapshot(name, 11), 1);
        assertThat(shown("snapshot-$" + stream)).hasSize(1);
        snapshots.delete(name);
        assertThat(shown("snapshot-$" + stream)).isEmpty();
        snapshots.save(snapshot(name, 2), 1);
        assertThat(client.getStreamMetadata("snapshot-$" + stream).get().getMaxCount())
                .isEqualTo(1);
        assertThat(shown("snapshot-$" + stream)).hasSize(1);
        snapshots.save(snapshot(SnapshotName.ofProjection(stream.value()), 7), 1);
        assertThat(shown("snapshot-$$" + stream)).hasSize(1);
    }

    @Test
    void theyAreLeftOutOfWhatIsReadAndFollowed() throws Exception {
        long before = store.readAll(ReadOptions.backwards().limit(1)).stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst()
                .orElse(0);
        snapshots.save(snapshot(name, 1), 1);
        store.append(stream, any(), Events.some(1));
        snapshots.save(snapshot(name, 2), 1);
        store.append(stream, any(), Events.some(1));
        assertThat(store.readAll(ReadOptions.forwards().from(before + 1)).toList())
                .hasSize(2)
                .allMatch(event -> event.stream().equals(stream));
        List<RecordedEvent> followed = new CopyOnWriteArrayList<>();
        CountDownLatch two = new CountDownLatch(2);
        try (Subscription subscription = store.subscribe(SubscribeOptions.after(before), event -> {
            followed.add(event);
            two.countDown();
        })) {
            assertThat(two.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(subscription.isRunning()).isTrue();
        }
        assertThat(followed).hasSize(2).allMatch(event -> event.stream().equals(stream));
    }

    @Test
    void whatOthersHaveWrittenThereIsIgnored() throws Exception {
        snapshots.save(snapshot(name, 1), 5);
        for (String metadata : List.of("", "{}", "{\"position\":\"x\"}")) {
            client.appendToStream(
                            "snapshot-$" + stream,
                            AppendToStreamOptions.get(),
                            EventDataBuilder.json(UUID.randomUUID(), "Snapshot", "{}".getBytes(UTF_8))
                                    .metadataAsBytes(metadata.getBytes(UTF_8))
                                    .build())
                    .get();
        }
        assertThat(snapshots.latest(name, 5)).isPresent();
        snapshots.save(snapshot(name, 2), 5);
        assertThat(snapshots.latest(name)).map(Snapshot::position).contains(2L);
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

    @Test
    void anAggregateIsRestoredFromItsSnapshotAndGoesWithItsStream() {
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .snapshots(
                        SnapshotOptions.of(SnapshotPolicy.every(5)).keeping(2).writtenBy(Runnable::run))
                .build();
        Kennel kennel = new Kennel();
        for (int i = 0; i < 12; i++) {
            kennel.extend(1);
            eventSourcing.save(kennel);
        }
        assertThat(eventSourcing.repository().get(Kennel.class, kennel.id()).places)
                .isEqualTo(12);
        assertThat(eventSourcing.repository().get(Kennel.class, kennel.id(), 8).places)
                .isEqualTo(7);
        assertThat(eventSourcing.snapshotStatistics().used()).isEqualTo(2);
        assertThat(eventSourcing.snapshotStatistics().failed()).isZero();
        store.delete(StreamName.of("Kennel", kennel.id()), any());
        assertThat(eventSourcing.repository().find(Kennel.class, kennel.id())).isEmpty();
    }

    record Seen(int events) {}

    @Test
    void aProjectionGoesOnBehindItsSnapshot() {
        long before = store.readAll(ReadOptions.backwards().limit(1)).stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst()
                .orElse(0);
        store.append(stream, any(), Events.some(6));
        List<RecordedEvent> all =
                store.readAll(ReadOptions.forwards().from(before + 1)).toList();
        String projection = "p-" + stream;
        ProjectionSnapshots<Seen> seen = EventSourcing.of(store).projectionSnapshots(projection, Seen.class);
        seen.save(new Seen(5), all.get(4), 2);
        seen.save(new Seen(2), all.get(1), 2);
        ProjectionSnapshots.Saved<Seen> latest = seen.latest().orElseThrow();
        assertThat(latest.state()).isEqualTo(new Seen(5));
        assertThat(store.readAll(ReadOptions.forwards().lower(Bound.exclusive(latest.position())))
                        .toList())
                .containsExactly(all.get(5));
        // where no event begins
        Snapshot saved = snapshots.latest(SnapshotName.ofProjection(projection)).orElseThrow();
        snapshots.save(
                new Snapshot(
                        saved.name(),
                        saved.position() + 1,
                        saved.lastEvent(),
                        saved.type(),
                        saved.shape(),
                        saved.data(),
                        saved.takenAt()),
                1);
        assertThat(seen.latest()).isEmpty();
    }
}
