package io.eventsourcing.eventql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events whose answers were computed by hand. */
final class Events {

    static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");

    private Events() {}

    /** Five sales, of which the last one has neither department nor price. */
    static EventStore sales() {
        EventStore store = new MemoryEventStore();
        append(store, "Sale-1", "Sale.Made", "{\"department\":\"toys\",\"price\":10,\"tags\":[\"a\",\"b\"]}", 0);
        append(store, "Sale-2", "Sale.Made", "{\"department\":\"books\",\"price\":25.5,\"paid\":true}", 1);
        append(store, "Sale-1", "Sale.Changed", "{\"department\":\"toys\",\"price\":20,\"paid\":false}", 2);
        append(store, "Sale-3", "Sale.Made", "{\"department\":\"books\",\"price\":4.5,\"at\":{\"city\":\"Oslo\"}}", 3);
        append(store, "Refund/4", "Sale.Voided", "{}", 4);
        return store;
    }

    /** Happens so many days behind {@link #TIME}. */
    static void append(EventStore store, String stream, String type, String data, long days) {
        append(store, stream, type, data.getBytes(UTF_8), days);
    }

    static void append(EventStore store, String stream, String type, byte[] data, long days) {
        UUID id = UUID.nameUUIDFromBytes((stream + store.position(StreamName.of(stream))).getBytes(UTF_8));
        Instant time = TIME.plusSeconds(days * 24 * 60 * 60);
        NewEvent event = new NewEvent(id, type, data, "{\"user\":\"ann\"}".getBytes(UTF_8), time);
        store.append(StreamName.of(stream), ExpectedPosition.any(), List.of(event));
    }
}
