package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.OnDemandProjection;
import io.eventsourcing.projection.Projection;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionDefinitionException;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Projections that are beans. */
@Timeout(120)
class ProjectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Projection("dogs")
    static class DogList {

        private final JdbcTemplate jdbc;

        DogList(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("CREATE TABLE IF NOT EXISTS dog_list (id VARCHAR(40), name VARCHAR(40), tricks INT)");
        }

        @EventHandler("Dog.Registered")
        void registered(String name, EventContext event) {
            jdbc.update(
                    "INSERT INTO dog_list VALUES (?, ?, 0)", event.aggregateId().toString(), name);
        }

        @EventHandler("Dog.TrickAdded")
        void trickAdded(String trick, EventContext event) {
            jdbc.update(
                    "UPDATE dog_list SET tricks = tricks + 1 WHERE id = ?",
                    event.aggregateId().toString());
            if (trick.equals("explode")) {
                throw new IllegalStateException("planned");
            }
        }
    }

    /** Behind a proxy that begins transactions. */
    @Projection("proxied")
    @Transactional
    static class Proxied {

        private final List<String> names = new CopyOnWriteArrayList<>();

        @EventHandler("Dog.Registered")
        void registered(String name) {
            names.add(name);
        }

        public List<String> names() {
            return names;
        }
    }

    static class InCode {

        final List<String> tricks = new CopyOnWriteArrayList<>();

        @Bean
        ProjectionDefinition tricks() {
            return ProjectionDefinition.named("tricks")
                    .on("Dog.TrickAdded", event -> tricks.add(event.type()))
                    .build();
        }
    }

    @Projection("wrong")
    static class Wrong {
        @EventHandler("Dog.Registered")
        void registered(Object name) {}
    }

    /** Waits for what waits for it. */
    static class Impatient {
        Impatient(Projections projections) {
            assertThat(projections.isRunning()).isFalse();
        }
    }

    @Projection("circular")
    static class Circular {
        Circular(Impatient impatient) {
            assertThat(impatient).isNotNull();
        }

        @EventHandler("Dog.Registered")
        void registered() {}
    }

    private static Program program(Class<?>... more) {
        return Program.narrow(more).property("eventsourcing.persistence-module=jdbc");
    }

    private static long save(ConfigurableApplicationContext context, Dog dog) {
        return context.getBean(EventSourcing.class).save(dog).commitPosition();
    }

    private static Dog dog(String... tricks) {
        Dog dog = new Dog("Fido");
        List.of(tricks).forEach(dog::addTrick);
        return dog;
    }

    private static int tricks(ConfigurableApplicationContext context, UUID dog) {
        return context.getBean(JdbcTemplate.class)
                .queryForObject("SELECT SUM(tricks) FROM dog_list WHERE id = ?", Integer.class, dog.toString());
    }

    @Test
    void beanIsFoundAndRunInTheDatabaseOfTheApplication() {
        try (ConfigurableApplicationContext context =
                program(TrainingSchool.class, DogList.class).start()) {
            Projections projections = context.getBean(Projections.class);
            Dog dog = dog("sit", "roll over");
            assertThat(projections.await("dogs", save(context, dog), PATIENCE)).isTrue();

            assertThat(tricks(context, dog.id())).isEqualTo(2);
            assertThat(context.getBean(ProjectionStore.class).description()).isEqualTo("jdbc (H2)");
            assertThat(projections.status("dogs").orElseThrow().lag()).isZero();
        }
    }

    @Test
    void handlerAndCheckpointAreOneTransaction() {
        try (ConfigurableApplicationContext context = program(DogList.class)
                .property("eventsourcing.projections.named.dogs.retries=0")
                .start()) {
            Projections projections = context.getBean(Projections.class);
            Dog dog = dog("sit", "explode", "roll over");
            assertThat(projections.await("dogs", save(context, dog), PATIENCE)).isTrue();

            assertThat(tricks(context, dog.id()))
                    .as("without the one that failed")
                    .isEqualTo(1);
            assertThat(projections.deadLetters("dogs", 10)).hasSize(2);
            assertThat(projections.deadLetters("dogs", 10).get(0).attempts()).isEqualTo(1);
        }
    }

    @Test
    void proxiesDefinitionsAndCirclesWork() {
        try (ConfigurableApplicationContext context = program(
                        Proxied.class, InCode.class, Circular.class, Impatient.class)
                .start()) {
            Projections projections = context.getBean(Projections.class);
            assertThat(projections.names()).containsExactlyInAnyOrder("proxied", "tricks", "circular");
            save(context, dog("sit"));
            assertThat(projections.awaitAll(PATIENCE)).isTrue();

            Proxied proxied = context.getBean(Proxied.class);
            assertThat(AopUtils.isCglibProxy(proxied)).isTrue();
            assertThat(proxied.names()).containsExactly("Fido");
            assertThat(context.getBean(InCode.class).tricks).containsExactly("Dog.TrickAdded");
        }
    }

    @Test
    void theyStopWithTheApplicationAndGoOnWithTheNext() {
        Program program = program(DogList.class)
                .property("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
                .property("eventsourcing.jdbc.initialize-schema=always");
        Dog dog = dog("sit");
        Projections first;
        try (ConfigurableApplicationContext context = program.start()) {
            first = context.getBean(Projections.class);
            assertThat(first.await("dogs", save(context, dog), PATIENCE)).isTrue();
        }
        assertThat(first.isRunning()).isFalse();
        try (ConfigurableApplicationContext context = program.start()) {
            dog.addTrick("roll over");
            assertThat(context.getBean(Projections.class).await("dogs", save(context, dog), PATIENCE))
                    .isTrue();
            assertThat(tricks(context, dog.id())).isEqualTo(2);
        }
    }

    @Test
    void propertiesSayHow() {
        try (ConfigurableApplicationContext context = program(DogList.class, Proxied.class, InCode.class)
                .property("eventsourcing.projections.node=kennel-1")
                .property("eventsourcing.projections.segments=2")
                .property("eventsourcing.projections.named.dogs.segments=3")
                .property("eventsourcing.projections.named.tricks.enabled=false")
                .start()) {
            Projections projections = context.getBean(Projections.class);
            assertThat(projections.awaitAll(PATIENCE)).isTrue();

            assertThat(projections.node()).isEqualTo("kennel-1");
            assertThat(projections.names()).containsExactlyInAnyOrder("dogs", "proxied");
            assertThat(projections.status("dogs").orElseThrow().segments()).hasSize(3);
            assertThat(projections.status("proxied").orElseThrow().segments()).hasSize(2);
        }
    }

    @Test
    void inlineProjectionIsWrittenWithTheEventsOrNotAtAll() {
        try (ConfigurableApplicationContext context = program(DogList.class, Proxied.class)
                .property("eventsourcing.projections.named.dogs.mode=inline")
                .start()) {
            EventSourcing eventSourcing = context.getBean(EventSourcing.class);
            Dog dog = dog("sit");
            eventSourcing.save(dog);
            assertThat(tricks(context, dog.id())).isEqualTo(1);
            dog.addTrick("roll over");
            dog.addTrick("explode");
            assertThatThrownBy(() -> eventSourcing.save(dog))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("planned");

            assertThat(tricks(context, dog.id())).isEqualTo(1);
            assertThat(eventSourcing.repository().get(Dog.class, dog.id()).tricks())
                    .containsExactly("sit");
            assertThat(context.getBean(Projections.class).names()).containsExactly("proxied");
        }
    }

    @Test
    void inlineProjectionNeedsAStoreWithTransactions() {
        assertThatThrownBy(() -> Program.narrow(DogList.class)
                        .property("eventsourcing.persistence-module=memory")
                        .property("eventsourcing.projections.mode=inline")
                        .start()
                        .close())
                .hasStackTraceContaining("TransactionRunner");
    }

    @Test
    void projectionOnDemandIsNotRun() {
        try (ConfigurableApplicationContext context = program(Proxied.class)
                .property("eventsourcing.projections.named.proxied.mode=on-demand")
                .start()) {
            save(context, dog());
            assertThat(context.getBean(Projections.class).names()).isEmpty();
            Proxied proxied = OnDemandProjection.replay(context.getBean(EventSourcing.class), new Proxied());
            assertThat(proxied.names()).containsExactly("Fido");
        }
    }

    @Test
    void theyCanBeLeftToOtherProcesses() {
        try (ConfigurableApplicationContext context = program(DogList.class)
                .property("eventsourcing.projections.enabled=false")
                .start()) {
            Projections projections = context.getBean(Projections.class);
            assertThat(projections.isRunning()).isFalse();
            assertThat(projections.await("dogs", 1, Duration.ofMillis(100))).isFalse();
        }
    }

    @Test
    void applicationWithoutProjectionsNeedsNoTablesForThem() {
        try (ConfigurableApplicationContext context = Program.narrow(TrainingSchool.class)
                .property("eventsourcing.persistence-module=memory")
                .start()) {
            assertThat(context.getBean(Projections.class).isRunning()).isFalse();
        }
    }

    @Test
    void eventsInMemoryHaveTheirCheckpointsThere() {
        try (ConfigurableApplicationContext context = Program.narrow(DogList.class)
                .property("eventsourcing.persistence-module=memory")
                .start()) {
            Dog dog = dog("sit");
            assertThat(context.getBean(Projections.class).await("dogs", save(context, dog), PATIENCE))
                    .isTrue();
            assertThat(tricks(context, dog.id())).isEqualTo(1);
            assertThat(context.getBean(ProjectionStore.class).description()).isEqualTo("memory");
        }
    }

    @Test
    void wrongDefinitionKeepsTheApplicationFromStarting() {
        assertThatThrownBy(() -> program(Wrong.class).start().close())
                .rootCause()
                .satisfies(cause -> assertThat(cause.getMessage()).contains("java.lang.Object"));
        assertThatThrownBy(() -> program(Wrong.class).start().close())
                .hasStackTraceContaining(ProjectionDefinitionException.class.getName());
    }

    @Test
    void missingTablesKeepTheApplicationFromStarting() {
        assertThatThrownBy(() -> Program.narrow(DogList.class)
                        .property("eventsourcing.persistence-module=jdbc")
                        .property("eventsourcing.jdbc.initialize-schema=never")
                        .start()
                        .close())
                .hasStackTraceContaining("initialize-schema=always");
    }
}
