package io.eventsourcing.benchmarks.store;

import io.eventsourcing.store.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Events as applications have them: a type of 20 characters, 111 bytes of JSON, 56 bytes of metadata. */
final class Events {

    private static final String TYPE = "TrainingSchool.Added";
    private static final byte[] METADATA =
            "{\"correlationId\":\"0f8fad5b-d9cb-469f-a165-708\",\"n\":1234}".getBytes(StandardCharsets.UTF_8);

    private Events() {}

    static NewEvent event(SplittableRandom random) {
        String json = "{\"name\":\"a name of some length\",\"amount\":" + random.nextInt(1_000_000, 9_999_999)
                + ",\"reason\":\"what is written for a reason\",\"ok\":true,\"rate\":1.5}";
        return new NewEvent(
                new UUID(random.nextLong(), random.nextLong()),
                TYPE,
                json.getBytes(StandardCharsets.UTF_8),
                METADATA,
                Instant.now());
    }

    static List<NewEvent> events(int count, SplittableRandom random) {
        List<NewEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(random));
        }
        return events;
    }
}
