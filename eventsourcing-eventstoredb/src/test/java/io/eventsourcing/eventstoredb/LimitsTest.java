package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.noStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much an append may have. */
class LimitsTest {

    private final StreamName stream = Events.newStream();

    private static List<NewEvent> eventsOf100Kilobytes(int count) {
        return Stream.generate(() -> Events.of("Dog.Photographed", new byte[100_000]))
                .limit(count)
                .toList();
    }

    private void isRefused(EventStoreDbEventStore store, List<NewEvent> events, String... texts) {
        assertThatThrownBy(() -> store.append(stream, noStream(), events))
                .isInstanceOf(AppendTooLargeException.class)
                .hasMessageContainingAll(texts)
                .hasMessageContaining(stream.value());
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
    }

    @Test
    void oneMebibyteUpToVersion25() {
        try (EventStoreDbServer server =
                        EventStoreDbServer.builder().version("25.0.1").start();
                EventStoreDbEventStore store = EventStoreDbEventStore.builder(server.connectionString())
                        .open()) {
            isRefused(store, eventsOf100Kilobytes(11), "11 events", "1048576", "MaxAppendSize");
            store.append(stream, noStream(), eventsOf100Kilobytes(10));
        }
    }

    @Test
    void moreFromVersion25Dot1On() {
        try (EventStoreDbServer server =
                        EventStoreDbServer.builder().version("25.1.0").start();
                EventStoreDbEventStore store = EventStoreDbEventStore.builder(server.connectionString())
                        .open()) {
            store.append(stream, noStream(), eventsOf100Kilobytes(30));
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(29));
        }
    }

    @Test
    void whatTheServerWasTold() {
        try (EventStoreDbServer server = EventStoreDbServer.builder()
                        .version("24.10")
                        .maxAppendSize(2_000_000)
                        .start();
                EventStoreDbEventStore store = EventStoreDbEventStore.builder(server.connectionString())
                        .maxAppendSize(2_000_000)
                        .open()) {
            isRefused(store, eventsOf100Kilobytes(20), "2000000");
            store.append(stream, noStream(), eventsOf100Kilobytes(19));
        }
    }

    @Test
    void whatTheServerWasToldAndTheStoreWasNot() {
        try (EventStoreDbServer server =
                        EventStoreDbServer.builder().maxAppendSize(250_000).start();
                EventStoreDbEventStore store = EventStoreDbEventStore.builder(server.connectionString())
                        .open()) {
            isRefused(store, eventsOf100Kilobytes(3), "250000");
            store.append(stream, noStream(), eventsOf100Kilobytes(2));
        }
    }
}
