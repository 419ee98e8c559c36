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

    static final String TYPE = "TrainingSchool.Added";
    static final String CORRELATION_ID = "0f8fad5b-d9cb-469f-a165-7";

    private static final byte[] METADATA = utf8("{\"correlationId\":\"" + CORRELATION_ID + "\",\"n\":\"1234\"}");

    private Events() {}

    static NewEvent event(SplittableRandom random) {
        Added added = Added.random(random);
        String json = "{\"name\":\"" + added.name() + "\",\"amount\":" + added.amount() + ",\"reason\":\""
                + added.reason() + "\",\"ok\":" + added.ok() + ",\"rate\":" + added.rate() + "}";
        return new NewEvent(new UUID(random.nextLong(), random.nextLong()), TYPE, utf8(json), METADATA, Instant.now());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<NewEvent> events(int count, SplittableRandom random) {
        List<NewEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(random));
        }
        return events;
    }
}
