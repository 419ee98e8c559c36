package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.StreamNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StreamMetadataTest extends ServerTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final KurrentDBClient client =
            clientOf(start(EventStoreDbServer.builder().clock(new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            })));

    @Test
    void theLastMetadataCounts() {
        set(metadata -> metadata.setMaxCount(1L));
        set(metadata -> metadata.setMaxCount(2L));

        assertThat(get(client.getStreamMetadata("s")).getMaxCount()).isEqualTo(2);
        assertThat(read(client, "$$s")).hasSize(1);
    }

    @Test
    void onlyTheLastEventsAreRead() {
        append(client, "s", events(5));

        set(metadata -> metadata.setMaxCount(2L));

        assertThat(revisions(read(client, "s"))).containsExactly(3L, 4L);
        assertThat(revisions(
                        read(client, "s", ReadStreamOptions.get().backwards().fromEnd())))
                .containsExactly(4L, 3L);
        append(client, "s", events(1));
        assertThat(revisions(read(client, "s"))).containsExactly(4L, 5L);
    }

    @Test
    void eventsBeforeARevisionAreNotRead() {
        append(client, "s", events(5));

        set(metadata -> metadata.setTruncateBefore(3L));

        assertThat(revisions(read(client, "s"))).containsExactly(3L, 4L);
        assertThat(revisions(
                        read(client, "s", ReadStreamOptions.get().backwards().fromEnd())))
                .containsExactly(4L, 3L);
        assertThat(readAllOfUsers(client)).hasSize(5);
    }

    @Test
    void aStreamWithoutReadableEventsIsEmptyNotMissing() {
        append(client, "s", events(5));

        set(metadata -> metadata.setTruncateBefore(100L));

        assertThat(read(client, "s")).isEmpty();
        assertThat(read(client, "s", ReadStreamOptions.get().backwards().fromEnd()))
                .isEmpty();
    }

    @Test
    void oldEventsAreNotRead() {
        append(client, "s", event("old"));
        now = now.plusSeconds(60);
        append(client, "s", event("young"));

        set(metadata -> metadata.setMaxAge(Duration.ofSeconds(90).toSeconds()));
        assertThat(types(read(client, "s"))).containsExactly("old", "young");

        now = now.plusSeconds(60);
        assertThat(types(read(client, "s"))).containsExactly("young");
    }

    @Test
    void metadataOfAStreamThatIsNotThereYet() {
        set(metadata -> metadata.setMaxCount(1L));

        assertThatThrownBy(() -> read(client, "s")).isInstanceOf(StreamNotFoundException.class);
        append(client, "s", io.kurrent.dbclient.StreamState.streamExists(), events(2));
        assertThat(revisions(read(client, "s"))).containsExactly(1L);
    }

    @Test
    void metadataThatIsNoJsonCountsAsNone() {
        append(client, "s", events(2));

        append(
                client,
                "$$s",
                EventData.builderAsBinary("$metadata", new byte[] {1, 2}).build());

        assertThat(read(client, "s")).hasSize(2);
    }

    private void set(java.util.function.Consumer<StreamMetadata> change) {
        StreamMetadata metadata = new StreamMetadata();
        change.accept(metadata);
        get(client.setStreamMetadata("s", metadata));
    }
}
