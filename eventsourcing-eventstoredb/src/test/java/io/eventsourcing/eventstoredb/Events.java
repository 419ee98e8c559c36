package io.eventsourcing.eventstoredb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Events and streams that no other test has. */
final class Events {

    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");

    private Events() {}

    static StreamName newStream() {
        return StreamName.of("Dog", UUID.randomUUID());
    }

    static NewEvent one() {
        return of("Dog.TrickAdded", "{\"trick\":\"sit\"}".getBytes(UTF_8));
    }

    static NewEvent of(String type, byte[] data) {
        return new NewEvent(UUID.randomUUID(), type, data, "{\"correlationId\":\"x\"}".getBytes(UTF_8), TIME);
    }

    static List<NewEvent> some(int count) {
        return Stream.generate(Events::one).limit(count).toList();
    }
}
