package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.KurrentDBConnectionString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server leaves out, and what is left out here. */
class FilteredReadsTest {

    private final EventStoreDbServer server = EventStoreDbServer.start();
    private final EventStore store = EventStoreDbEventStore.builder(server.connectionString())
            .patience(Duration.ofMillis(700))
            .open();

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private void append(String stream, String type) {
        store.append(StreamName.of(stream), any(), List.of(Events.of(type, "{}".getBytes(UTF_8))));
    }

    private List<String> streams(ReadOptions options) {
        return store.readAll(options).stream()
                .map(event -> event.stream().value())
                .toList();
    }

    @Test
    void whatTheServerDoesNotFindInTimeIsChosenHere() {
        append("rare-1", "Rare");
        for (int i = 0; i < 30; i++) {
            store.append(StreamName.of("many"), any(), Events.some(100));
        }
        append("rare-2", "Rare");
        server.faults().letTypesTakeTooLong();
        assertThat(streams(ReadOptions.forwards().types("Rare"))).containsExactly("rare-1", "rare-2");
        assertThat(streams(ReadOptions.backwards().types("Rare"))).containsExactly("rare-2", "rare-1");
        assertThat(store.readAll(ReadOptions.forwards().types("Dog.TrickAdded")).stream()
                        .map(RecordedEvent::stream)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void namesAreNoPatterns() {
        append("/a.b", "A.b");
        append("/a.b/c", "A.b$");
        append("/axb/c", "Axb");
        append("/a.b+(c)", "(A|B)");
        assertThat(streams(ReadOptions.forwards().streams(StreamFilter.tree("/a.b"))))
                .containsExactly("/a.b", "/a.b/c");
        assertThat(streams(ReadOptions.forwards().streams(StreamFilter.prefix("/a.b+("))))
                .containsExactly("/a.b+(c)");
        assertThat(streams(ReadOptions.forwards().types("A.b"))).containsExactly("/a.b");
        assertThat(streams(ReadOptions.forwards().types("A.b$", "(A|B)"))).containsExactly("/a.b/c", "/a.b+(c)");
    }

    @Test
    void snapshotsAndForeignStreamsAreNoEventsWhateverTheirType() throws Exception {
        append("ours", "Shared");
        KurrentDBClient client =
                KurrentDBClient.create(KurrentDBConnectionString.parseOrThrow(server.connectionString()));
        try {
            for (String name : List.of("snapshot-$ours", "seals-$ours", "schemas-$ours", " not ours", "$system")) {
                client.appendToStream(
                                name,
                                AppendToStreamOptions.get(),
                                EventDataBuilder.json(UUID.randomUUID(), "Shared", "{}".getBytes(UTF_8))
                                        .build())
                        .get(30, TimeUnit.SECONDS);
            }
        } finally {
            client.shutdown().get(30, TimeUnit.SECONDS);
        }
        assertThat(streams(ReadOptions.forwards().types("Shared"))).containsExactly("ours");
    }

    @Test
    void patternsForTheServerAreEscaped() {
        ServerNames names = new ServerNames("school.");
        assertThat(names.pattern(StreamFilter.tree("/a b"), Optional.empty()))
                .isEqualTo(
                        "^school\\.(?!\\$|(?:tenant\\$[^$]*\\$)?(?:snapshot|seals|schemas)-\\$)(?:tenant\\$[^$]*\\$)?(?:/a\\ b/|/a\\ b$)");
    }
}
