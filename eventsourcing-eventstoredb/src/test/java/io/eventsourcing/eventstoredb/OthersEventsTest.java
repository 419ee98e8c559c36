package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.WriteResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What else is on a server: its own events, links, snapshots, other applications, deleted streams. */
class OthersEventsTest {

    private final TestedServer server = TestedServer.start();
    private final EventStoreDbEventStore store = server.store().open();
    private final KurrentDBClient client = server.client();
    private final StreamName stream = Events.newStream();

    @AfterEach
    void stop() throws Exception {
        client.shutdown().get();
        store.close();
        server.close();
    }

    private WriteResult write(String name, String type, String data, String metadata) throws Exception {
        return client.appendToStream(
                        name,
                        AppendToStreamOptions.get(),
                        EventDataBuilder.json(UUID.randomUUID(), type, data.getBytes(UTF_8))
                                .metadataAsBytes(metadata.getBytes(UTF_8))
                                .build())
                .get();
    }

    private static long lastPosition(EventStore store) {
        return store.readAll(ReadOptions.backwards().limit(1)).stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst()
                .orElse(0);
    }

    private List<RecordedEvent> allFrom(long position) {
        return store.readAll(ReadOptions.forwards().from(position)).toList();
    }

    @Test
    void readOfAllLeavesOutWhatIsNotOurs() throws Exception {
        long before = lastPosition(store);
        List<NewEvent> events = Events.some(3);
        StreamName deleted = Events.newStream();
        store.append(stream, any(), events.subList(0, 1));
        store.append(deleted, any(), events.subList(1, 2));
        for (int i = 0; i < 12; i++) {
            write("$ours-" + UUID.randomUUID(), "Other.Happened", "{}", "");
            write("snapshot-$" + stream, "Dog.Snapshot", "{}", "");
            write("seals-$" + stream, "Sealed", "{}", "");
            write(" name with a space ", "Other.Happened", "{}", "");
            write("Links-" + stream, "$>", "0@" + stream, "");
        }
        StreamMetadata metadata = new StreamMetadata();
        metadata.setMaxCount(100L);
        client.setStreamMetadata(stream.value(), metadata).get();
        client.tombstoneStream(deleted.value()).get();
        store.append(stream, any(), events.subList(2, 3));
        assertThat(allFrom(before + 1)).extracting(RecordedEvent::id).containsExactlyElementsOf(ids(events));
        assertThat(store.readAll(ReadOptions.forwards().from(before + 1).limit(2))
                        .toList())
                .hasSize(2);
        assertThat(store.readAll(ReadOptions.backwards().limit(2)).toList())
                .extracting(RecordedEvent::id)
                .containsExactly(events.get(2).id(), events.get(1).id());
    }

    private static List<UUID> ids(List<NewEvent> events) {
        return events.stream().map(NewEvent::id).toList();
    }

    /** More in a row than a page has. */
    @Test
    void readOfAllGoesOnBehindManyEventsThatAreNotOurs() throws Exception {
        long before = lastPosition(store);
        store.append(stream, any(), Events.some(1));
        for (int i = 0; i < 250; i++) {
            write("Links-" + stream, "$>", "0@" + stream, "");
        }
        store.append(stream, any(), Events.some(1));
        assertThat(allFrom(before + 1)).hasSize(2);
        assertThat(store.readAll(ReadOptions.backwards().limit(2)).toList()).hasSize(2);
    }

    @Test
    void eventsOfOtherProgramsAreReadAsTheyAre() throws Exception {
        long before = lastPosition(store);
        Instant earliest = Instant.now().minus(Duration.ofMinutes(5));
        write(stream.value(), "Other.Happened", "{\"a\":1}", "{\"b\" : 2, \"$occurredAt\":\"yesterday\"}");
        RecordedEvent read = allFrom(before + 1).get(0);
        assertThat(read.stream()).isEqualTo(stream);
        assertThat(new String(read.data(), UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(new String(read.metadata(), UTF_8)).isEqualTo("{\"b\" : 2, \"$occurredAt\":\"yesterday\"}");
        assertThat(read.timestamp())
                .isEqualTo(read.timestamp().truncatedTo(ChronoUnit.MICROS))
                .isAfter(earliest);
        assertThat(store.read(stream, ReadOptions.forwards()).toList()).isEqualTo(List.of(read));
    }

    @Test
    void metadataIsReadableForOtherPrograms() throws Exception {
        store.append(stream, any(), Events.some(1));
        byte[] metadata = client.readStream(stream.value(), io.kurrent.dbclient.ReadStreamOptions.get())
                .get()
                .getEvents()
                .get(0)
                .getOriginalEvent()
                .getUserMetadata();
        assertThat(new String(metadata, UTF_8))
                .isEqualTo("{\"$occurredAt\":\"2026-02-03T04:05:06.123456Z\",\"correlationId\":\"x\"}");
    }

    @Test
    void whatCouldNotBeFoundAgainIsRefused() {
        assertThatThrownBy(() -> store.append(StreamName.of("snapshot-$Dog-1"), any(), Events.some(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("snapshot-$");
        assertThatThrownBy(() -> store.append(StreamName.of("seals-$store"), any(), Events.some(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seals-$");
        assertThatThrownBy(() -> store.append(stream, any(), List.of(Events.of("$Dog.Barked", new byte[0]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$Dog.Barked");
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
    }

    @Test
    void deletedStreamHasNoEventsAndBeginsAnewBehindThem() throws Exception {
        store.append(stream, noStream(), Events.some(3));
        client.deleteStream(stream.value()).get();
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
        assertThat(store.read(stream, ReadOptions.forwards()).toList()).isEmpty();
        assertThat(store.read(stream, ReadOptions.backwards()).toList()).isEmpty();
        assertThatThrownBy(() -> store.append(stream, streamExists(), Events.some(1)))
                .isInstanceOf(VersionConflictException.class);
        assertThat(store.append(stream, noStream(), Events.some(1)).streamPosition())
                .isEqualTo(StreamPosition.of(3));
        assertThat(store.append(stream, exactly(3), Events.some(1)).streamPosition())
                .isEqualTo(StreamPosition.of(4));
        assertThat(store.append(stream, any(), Events.some(1)).streamPosition()).isEqualTo(StreamPosition.of(5));
        assertThat(store.read(stream, ReadOptions.forwards()).toList()).hasSize(3);
    }

    @Test
    void tombstonedStreamHasNoEventsAndRefusesAppends() throws Exception {
        store.append(stream, noStream(), Events.some(3));
        client.tombstoneStream(stream.value()).get();
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
        assertThat(store.read(stream, ReadOptions.forwards()).toList()).isEmpty();
        assertThat(store.read(stream, ReadOptions.backwards()).toList()).isEmpty();
        for (var expected : List.of(any(), noStream(), exactly(2))) {
            assertThatThrownBy(() -> store.append(stream, expected, Events.some(1)))
                    .isInstanceOf(EventStoreException.class)
                    .isNotInstanceOf(VersionConflictException.class)
                    .hasMessageContainingAll(stream.value(), "deleted for good");
        }
    }

    @Test
    void prefixesKeepApplicationsApart() {
        try (EventStoreDbEventStore school =
                        server.store().streamPrefix("school.").open();
                EventStoreDbEventStore kennel =
                        server.store().streamPrefix("kennel.").open()) {
            long before = lastPosition(store);
            school.append(stream, noStream(), Events.some(1));
            kennel.append(stream, noStream(), Events.some(2));
            school.append(stream, exactly(0), Events.some(1));
            assertThat(school.position(stream)).isEqualTo(StreamPosition.of(1));
            assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
            assertThat(school.readAll(ReadOptions.forwards().from(before + 1)).toList())
                    .hasSize(2)
                    .allMatch(event -> event.stream().equals(stream));
            assertThat(kennel.readAll(ReadOptions.backwards().limit(2)).toList())
                    .hasSize(2)
                    .allMatch(event -> event.stream().equals(stream));
            assertThat(allFrom(before + 1))
                    .extracting(event -> event.stream().value())
                    .containsExactly("school." + stream, "kennel." + stream, "kennel." + stream, "school." + stream);
        }
    }
}
