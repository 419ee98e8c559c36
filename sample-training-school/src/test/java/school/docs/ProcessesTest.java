package school.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.ProcessManager;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutContext;
import io.eventsourcing.projection.TimeoutHandler;
import io.eventsourcing.projection.Timeouts;
import io.eventsourcing.store.ReadOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What docs/processes.md says. */
@org.junit.jupiter.api.Timeout(60)
class ProcessesTest {

    private final EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
    private final TrainingSchool dogs = new SchoolOf(eventSourcing);
    private final Projections projections =
            Projections.builder(eventSourcing, new MemoryProjectionStore()).build();

    /** As Spring would wire it. */
    private static final class SchoolOf extends TrainingSchool {

        SchoolOf(EventSourcing eventSourcing) {
            eventSourcing.wire(this);
        }
    }

    static class Diploma extends Aggregate {

        @Event("Awarded")
        Diploma(UUID id, UUID dog) {
            super(id);
        }
    }

    @ProcessManager("diplomas")
    static class Diplomas {

        // tag::derived-id[]
        @EventHandler("Dog.Registered")
        Diploma registered(EventContext event) {
            return new Diploma(event.derivedId("diploma"), event.aggregateId());
        }
        // end::derived-id[]
    }

    // tag::timeouts[]
    @ProcessManager("care")
    static class Care {

        record Lazy(String name) {}

        private final TrainingSchool school;
        private final Duration patience;

        Care(TrainingSchool school, Duration patience) {
            this.school = school;
            this.patience = patience;
        }

        @EventHandler("Dog.Registered")
        void registered(String name, Timeouts timeouts) {
            timeouts.in(patience, "lazy", new Lazy(name));
        }

        @EventHandler("Dog.TrickAdded")
        void trickAdded(Timeouts timeouts) {
            timeouts.cancel("lazy");
        }

        @TimeoutHandler("lazy")
        void lazy(Lazy dog, TimeoutContext timeout) {
            school.addTrick(timeout.aggregateId(), "come, " + dog.name());
        }
    }
    // end::timeouts[]

    @AfterEach
    void close() {
        projections.close();
        eventSourcing.close();
    }

    @Test
    void dogsGraduate() {
        school.training.TrainingSchool other = new school.training.TrainingSchool();
        eventSourcing.wire(other);
        projections.add(ProjectionDefinition.of(new Graduation(other)));
        projections.start();
        UUID fido = other.register("Fido");
        List.of("sit", "roll over", "play dead", "beg", "fetch").forEach(trick -> other.addTrick(fido, trick));
        await().until(() -> other.dog(fido).hasGraduated());
    }

    @Test
    void newAggregateHasADerivedId() {
        projections.add(ProjectionDefinition.of(new Diplomas()));
        projections.start();
        dogs.register("Fido");
        assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
        assertThat(eventSourcing
                        .store()
                        .readAll(ReadOptions.forwards().types(Set.of("Diploma.Awarded")))
                        .toList())
                .hasSize(1);
    }

    @Test
    void dogThatLearnsNothingIsTaught() {
        projections.add(ProjectionDefinition.of(new Care(dogs, Duration.ofMillis(300))));
        projections.start();
        UUID fido = dogs.register("Fido");
        await().untilAsserted(() -> assertThat(dogs.tricks(fido)).containsExactly("come, Fido"));
    }

    @Test
    void dogThatLearnsIsLeftAlone() {
        projections.add(ProjectionDefinition.of(new Care(dogs, Duration.ofDays(30))));
        projections.start();
        UUID fido = dogs.register("Fido");
        assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
        assertThat(projections.status("care").orElseThrow().timeouts().waiting())
                .isEqualTo(1);
        dogs.addTrick(fido, "sit");
        assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
        assertThat(projections.status("care").orElseThrow().timeouts().waiting())
                .isZero();
        assertThat(dogs.tricks(fido)).containsExactly("sit");
    }

    @Test
    void processIsToldInCode() {
        // tag::in-code[]
        ProjectionDefinition care = ProjectionDefinition.process("care")
                .on("Dog.Registered", event -> event.timeouts().in(Duration.ofDays(30), "lazy"))
                .onTimeout("lazy", timeout -> dogs.addTrick(timeout.aggregateId(), "come"))
                .build();
        // end::in-code[]
        projections.add(care);
        projections.start();
        dogs.register("Fido");
        assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
        assertThat(projections.status("care").orElseThrow().timeouts().waiting())
                .isEqualTo(1);
    }

    @Test
    void timeoutsThatFailAreRetried() {
        projections.add(ProjectionDefinition.of(new Care(dogs, Duration.ofDays(30))));
        // tag::failed[]
        for (Timeout timeout : projections.failedTimeouts("care", 100)) {
            System.out.println(timeout + " failed: " + timeout.cause());
        }
        projections.retryAll("care");
        // end::failed[]
        assertThat(projections.failedTimeouts("care", 100)).isEmpty();
    }
}
