package io.eventsourcing.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeoutHandlerTest {

    static class Dog extends Aggregate {

        @Event("Registered")
        Dog(String name) {}

        @Event("Reminded")
        void remind(String of) {}
    }

    record Walk(String where, int minutes) {}

    @ProcessManager("walks")
    static class Walks {

        private final BlockingQueue<String> carriedOut = new LinkedBlockingQueue<>();

        @EventHandler("Dog.Registered")
        void registered(String name, Timeouts timeouts, EventContext event) {
            switch (name) {
                case "record" -> timeouts.in(Duration.ZERO, "walk", new Walk("park", 20));
                case "text" -> timeouts.at(Instant.EPOCH, "meal", "at noon");
                case "nothing" -> event.timeouts().in(Duration.ZERO, "nothing");
                case "returned" -> timeouts.in(Duration.ZERO, "returned");
                default -> throw new AssertionError(name);
            }
        }

        @TimeoutHandler("walk")
        void walk(Walk walk, StreamName stream, TimeoutContext timeout) {
            assertThat(timeout.stream()).isEqualTo(stream);
            carriedOut.add(walk.where() + " " + walk.minutes() + " " + timeout.name());
        }

        @TimeoutHandler("meal")
        void meal(TimeoutContext timeout, String when) {
            carriedOut.add(when + " " + timeout.dueAt());
        }

        @TimeoutHandler("nothing")
        void nothing(Timeouts timeouts) {
            carriedOut.add("nothing");
            timeouts.at(Instant.EPOCH, "meal", "after nothing");
        }

        @TimeoutHandler("returned")
        Optional<Dog> returned() {
            return Optional.of(new Dog("nothing"));
        }
    }

    @Projection("dogs")
    static class NoProcess {

        @EventHandler("Dog.Registered")
        void registered() {}

        @TimeoutHandler("walk")
        void walk() {}
    }

    @ProcessManager("twice")
    static class Twice {

        @EventHandler("Dog.Registered")
        void registered() {}

        @TimeoutHandler("walk")
        void walk() {}

        @TimeoutHandler("walk")
        void walkAgain() {}
    }

    @ProcessManager("strange")
    static class Strange {

        @EventHandler("Dog.Registered")
        void registered() {}

        @TimeoutHandler("walk")
        void walk(int minutes) {}
    }

    @ProcessManager("forgetful")
    static class Forgetful {

        @EventHandler("Dog.Registered")
        void registered(Timeouts timeouts) {}
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private final MemoryProjectionStore checkpoints = new MemoryProjectionStore();
    private EventSourcing eventSourcing = EventSourcing.of(store);
    private Projections projections;

    private Walks start() {
        Walks walks = new Walks();
        projections = Projections.builder(eventSourcing, checkpoints).build();
        projections.add(ProjectionDefinition.of(walks));
        projections.start();
        return walks;
    }

    @AfterEach
    void stop() {
        if (projections != null) {
            projections.close();
        }
    }

    private static String next(Walks walks) throws InterruptedException {
        return walks.carriedOut.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void handlersGetTheirPayload() throws InterruptedException {
        Walks walks = start();
        eventSourcing.save(new Dog("record"));
        assertThat(next(walks)).isEqualTo("park 20 walk");
        eventSourcing.save(new Dog("text"));
        assertThat(next(walks)).isEqualTo("at noon 1970-01-01T00:00:00Z");
        eventSourcing.save(new Dog("nothing"));
        assertThat(next(walks)).isEqualTo("nothing");
        assertThat(next(walks)).startsWith("after nothing");
    }

    @Test
    void whatAHandlerReturnsIsSaved() throws InterruptedException {
        Walks walks = start();
        eventSourcing.save(new Dog("returned"));
        assertThat(next(walks)).isEqualTo("nothing");
    }

    @Test
    void payloadIsEncryptedAsThoseOfEvents() throws Exception {
        eventSourcing = EventSourcing.builder(store)
                .cipherKeys(CipherKeys.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="))
                .build();
        eventSourcing.save(new Dog("record"));
        BoundProjection bound = new BoundProjection(ProjectionDefinition.of(new Walks()), eventSourcing);
        List<TimeoutChange> changes = new ArrayList<>();
        try {
            bound.handle(store.readAll(ReadOptions.forwards()).toList().get(0), changes);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        TimeoutChange.Set set = (TimeoutChange.Set) changes.get(0);
        assertThat(new String(set.timeout().data(), StandardCharsets.ISO_8859_1))
                .doesNotContain("park");
        assertThat(set.timeout().toString()).contains("walk").doesNotContain("park");
        Walks walks = start();
        eventSourcing.save(new Dog("record"));
        assertThat(next(walks)).isEqualTo("park 20 walk");
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThatThrownBy(() -> ProjectionDefinition.of(new NoProcess()))
                .hasMessageContaining("make it a @ProcessManager");
        assertThatThrownBy(() -> ProjectionDefinition.of(new Forgetful()))
                .hasMessageContaining("Forgetful.registered asks for timeouts");
        assertThatThrownBy(() -> ProjectionDefinition.of(new Twice())).hasMessageContaining("walk twice");
        assertThatThrownBy(() -> ProjectionDefinition.of(new Strange()))
                .hasMessageContaining("Strange.walk has parameters that no timeout has");
    }

    @Test
    void timeoutThatNobodyHandlesIsRefused() {
        eventSourcing.save(new Dog("record"));
        BoundProjection bound = new BoundProjection(
                ProjectionDefinition.process("walks")
                        .on("Dog.Registered", event -> event.timeouts().in(Duration.ZERO, "walk"))
                        .onTimeout("meal", timeout -> {})
                        .build(),
                eventSourcing);
        assertThatThrownBy(() -> bound.handle(
                        store.readAll(ReadOptions.forwards()).toList().get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@TimeoutHandler(\"walk\")");
    }
}
