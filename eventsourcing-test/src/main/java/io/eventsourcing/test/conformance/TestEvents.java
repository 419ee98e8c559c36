package io.eventsourcing.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events that no other test has, and ways to look at what a store made of them. */
final class TestEvents {

    static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");
    static final byte[] NOTHING = new byte[0];

    private TestEvents() {}

    static StreamName newStream() {
        return StreamName.of("Conformance", UUID.randomUUID());
    }

    static NewEvent event() {
        return event("Conformance.Happened");
    }

    static NewEvent event(String type) {
        return event(type, TIME);
    }

    static NewEvent event(String type, Instant timestamp) {
        UUID id = UUID.randomUUID();
        return new NewEvent(id, type, utf8("{\"id\":\"" + id + "\"}"), utf8("{\"cause\":\"" + id + "\"}"), timestamp);
    }

    static NewEvent event(byte[] data, byte[] metadata) {
        return new NewEvent(UUID.randomUUID(), "Conformance.Happened", data, metadata, TIME);
    }

    static NewEvent tagged(String type, String... tags) {
        NewEvent event = event(type);
        return new NewEvent(event.id(), type, event.data(), event.metadata(), event.timestamp(), Set.of(tags));
    }

    static List<NewEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> event("Conformance.Happened" + i % 3))
                .toList();
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /** All that a recorded event has in common with what was appended. */
    static NewEvent appended(RecordedEvent event) {
        return new NewEvent(event.id(), event.type(), event.data(), event.metadata(), event.timestamp(), event.tags());
    }

    static List<UUID> ids(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::id).toList();
    }

    static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The commit position of the store's last event; 0 if it has none. */
    static long lastCommitPosition(EventStore store) {
        return store.readAll(ReadOptions.backwards().limit(1)).toList().stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst()
                .orElse(0);
    }

    /** The events behind a commit position, as a follower reads them. */
    static List<RecordedEvent> allAfter(EventStore store, long commitPosition) {
        return store.readAll(ReadOptions.forwards().from(commitPosition + 1)).toList();
    }
}
