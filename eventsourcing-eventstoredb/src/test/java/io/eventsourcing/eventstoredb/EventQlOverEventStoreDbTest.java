package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.eventql.EventQl;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server looks for nothing by itself, so all of a question is answered while events are read. */
class EventQlOverEventStoreDbTest {

    private static NewEvent trick(String name) {
        return new NewEvent(
                UUID.randomUUID(),
                "Dog.TrickAdded",
                "{\"trick\":\"%s\"}".formatted(name).getBytes(StandardCharsets.UTF_8),
                new byte[0],
                Instant.now());
    }

    private static void teach(EventStore store, String dog, String... tricks) {
        store.append(
                StreamName.of("Dog-" + dog),
                ExpectedPosition.noStream(),
                Stream.of(tricks).map(EventQlOverEventStoreDbTest::trick).toList());
    }

    @Test
    void questionsAreAnswered() {
        try (TestedServer server = TestedServer.start();
                EventStore store = server.store().open()) {
            teach(store, "1", "roll over", "sit");
            teach(store, "2", "sit");
            try (Stream<String> rows = EventQl.over(store)
                    .query("FROM e IN events WHERE e.data.trick == \"sit\" PROJECT INTO e.subject", String.class)
                    .stream()) {
                assertThat(rows).containsExactly("Dog-1", "Dog-2");
            }
            assertThat(EventQl.over(store)
                            .isTrue("FROM e IN events WHERE e.subject == \"Dog-1\" PROJECT INTO COUNT() == 2"))
                    .isTrue();
        }
    }

    @Test
    void whatDependsOnAnAnswerIsRefusedByName() {
        try (TestedServer server = TestedServer.start();
                EventStore store = server.store().open()) {
            assertThatExceptionOfType(UnsupportedByStoreException.class)
                    .isThrownBy(() -> store.require(ConditionalAppender.class))
                    .withMessageContaining("ConditionalAppender");
        }
    }
}
