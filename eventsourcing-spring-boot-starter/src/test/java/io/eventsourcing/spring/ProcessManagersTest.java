package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.ProcessManager;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** Process managers that are beans. */
@Timeout(120)
class ProcessManagersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Whoever registers Fido gets Rex as well. */
    @ProcessManager("company")
    static class Company {

        @EventHandler("Dog.Registered")
        Optional<Dog> registered(String name) {
            return name.equals("Fido") ? Optional.of(new Dog("Rex")) : Optional.empty();
        }
    }

    /** Has a name that none can have. */
    @ProcessManager("first lesson")
    static class Misnamed {

        @EventHandler("Dog.Registered")
        void registered() {}
    }

    /** Works by an application. */
    @ProcessManager("first-lesson")
    static class FirstLesson {

        private final TrainingSchool school;

        FirstLesson(TrainingSchool school) {
            this.school = school;
        }

        @EventHandler("Dog.Registered")
        void registered(EventContext event) {
            school.addTrick(event.aggregateId(), "sit");
        }
    }

    private static Program program(Class<?>... more) {
        return Program.narrow(more).property("eventsourcing.persistence-module=jdbc");
    }

    private static void saveFido(ConfigurableApplicationContext context, String correlationId) {
        context.getBean(EventSourcing.class).save(Metadata.ofCorrelationId(correlationId), new Dog("Fido"));
        assertThat(context.getBean(Projections.class).awaitAll(PATIENCE)).isTrue();
    }

    private static List<RecordedEvent> events(ConfigurableApplicationContext context, String type) {
        return context.getBean(EventStore.class)
                .readAll(ReadOptions.forwards().types(Set.of(type)))
                .toList();
    }

    @Test
    void beanIsFoundAndWhatItReturnsIsSaved() {
        try (ConfigurableApplicationContext context = program(Company.class).start()) {
            saveFido(context, "request");
            List<RecordedEvent> registered = events(context, "Dog.Registered");
            Metadata metadata = context.getBean(EventSourcing.class).format().metadata(registered.get(1));
            assertThat(registered).hasSize(2);
            assertThat(metadata.correlationId()).contains("request");
            assertThat(metadata.causationId()).contains(registered.get(0).id().toString());
        }
    }

    @Test
    void applicationBeanSavesForIt() {
        try (ConfigurableApplicationContext context =
                program(TrainingSchool.class, FirstLesson.class).start()) {
            saveFido(context, "request");
            List<RecordedEvent> tricks = events(context, "Dog.TrickAdded");
            assertThat(tricks).hasSize(1);
            assertThat(context.getBean(EventSourcing.class)
                            .format()
                            .metadata(tricks.get(0))
                            .correlationId())
                    .contains("request");
        }
    }

    @Test
    void itBeginsWithWhatComesUnlessItIsNamed() {
        String database = "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        try (ConfigurableApplicationContext context =
                program().property(database).start()) {
            saveFido(context, "before there was a process");
        }
        try (ConfigurableApplicationContext context = program(Company.class)
                .property(database)
                .property("eventsourcing.projections.start=beginning")
                .start()) {
            assertThat(context.getBean(Projections.class).awaitAll(PATIENCE)).isTrue();
            assertThat(events(context, "Dog.Registered")).hasSize(1);
        }
        try (ConfigurableApplicationContext context = program(TrainingSchool.class, FirstLesson.class)
                .property(database)
                .property("eventsourcing.projections.named.first-lesson.start=beginning")
                .start()) {
            assertThat(context.getBean(Projections.class).awaitAll(PATIENCE)).isTrue();
            assertThat(events(context, "Dog.TrickAdded")).hasSize(1);
        }
    }

    @Test
    void itFollowsWhateverProjectionsDo() {
        try (ConfigurableApplicationContext context = program(Company.class)
                .property("eventsourcing.projections.mode=inline")
                .start()) {
            saveFido(context, "request");
            assertThat(events(context, "Dog.Registered")).hasSize(2);
        }
        for (String mode : List.of("inline", "on-demand")) {
            assertThatThrownBy(() -> program(Company.class)
                            .property("eventsourcing.projections.named.company.mode=" + mode)
                            .start()
                            .close())
                    .hasStackTraceContaining("leave out eventsourcing.projections.named.company.mode");
        }
    }

    @Test
    void itIsNamedAsAProjectionIs() {
        assertThatThrownBy(() -> program(Misnamed.class).start().close()).hasStackTraceContaining("'first lesson'");
    }

    @Test
    void itWorksInMemory() {
        try (ConfigurableApplicationContext context = Program.narrow(Company.class)
                .property("eventsourcing.persistence-module=memory")
                .start()) {
            saveFido(context, "request");
            assertThat(events(context, "Dog.Registered")).hasSize(2);
        }
    }
}
