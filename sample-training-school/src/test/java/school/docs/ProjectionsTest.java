package school.docs;

import static io.eventsourcing.test.ProjectionSpec.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.JdbcProjectionStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.OnDemandProjection;
import io.eventsourcing.projection.Projection;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.RebuildStatus;
import io.eventsourcing.projection.Rebuilds;
import io.eventsourcing.projection.ResetHandler;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.test.ProjectionSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What docs/projections.md says. */
@Timeout(60)
class ProjectionsTest {

    private final DriverManagerDataSource dataSource =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private EventSourcing eventSourcing;

    @BeforeEach
    void open() {
        eventSourcing = EventSourcing.of(JdbcEventStore.builder(dataSource)
                .transactionManager(transactions)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open());
        jdbc.sql("CREATE TABLE dog_list (id UUID PRIMARY KEY, name VARCHAR(100), tricks INT)")
                .update();
    }

    @AfterEach
    void close() {
        eventSourcing.close();
    }

    private ProjectionStore projectionStore() {
        return JdbcProjectionStore.open(dataSource, transactions, SchemaInitialization.NEVER);
    }

    private int tricks(Dog dog) {
        return jdbc.sql("SELECT tricks FROM dog_list WHERE id = ?")
                .param(dog.id())
                .query(Integer.class)
                .single();
    }

    private static Dog dog() {
        Dog dog = new Dog("Fido");
        dog.addTrick("roll over");
        return dog;
    }

    @Test
    void runsWithoutSpringAndWaitsForWhatWasSaved() {
        Dog dog = dog();
        // tag::without-spring[]
        ProjectionStore checkpoints = JdbcProjectionStore.open(dataSource, transactions, SchemaInitialization.ALWAYS);
        Projections projections =
                Projections.builder(eventSourcing, checkpoints).build();
        projections.add(ProjectionDefinition.of(new DogList(jdbc)));
        projections.start();
        // end::without-spring[]
        try (projections) {
            // tag::await[]
            long position = eventSourcing.save(dog).commitPosition();
            if (projections.await("dogs", position, Duration.ofSeconds(5))) {
                System.out.println("Fido knows " + tricks(dog) + " trick");
            }
            // end::await[]
            assertThat(projections.await("dogs", position, Duration.ofSeconds(50)))
                    .isTrue();
            assertThat(tricks(dog)).isEqualTo(1);
        }
    }

    record TrickAdded(String trick) {}

    @Test
    void projectionIsToldInCode() {
        List<String> tricks = new CopyOnWriteArrayList<>();
        // tag::in-code[]
        ProjectionDefinition definition = ProjectionDefinition.named("tricks")
                .on("Dog.TrickAdded", TrickAdded.class, (event, context) -> tricks.add(event.trick()))
                .on("Dog.Registered", context -> System.out.println(context.aggregateId()))
                .build();
        // end::in-code[]
        try (Projections projections =
                Projections.builder(eventSourcing, projectionStore()).build()) {
            projections.add(definition);
            projections.start();
            eventSourcing.save(dog());
            assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
            assertThat(tricks).containsExactly("roll over");
        }
    }

    @Test
    void eventsThatFailAreParked() throws InterruptedException {
        jdbc.sql("ALTER TABLE dog_list ADD CONSTRAINT at_most_one CHECK (tricks <= 1)")
                .update();
        Dog dog = dog();
        dog.addTrick("play dead");
        dog.addTrick("sit");
        try (Projections projections =
                Projections.builder(eventSourcing, projectionStore()).build()) {
            projections.add(
                    ProjectionDefinition.of(new DogList(jdbc)),
                    ProjectionOptions.defaults().withRetries(1));
            projections.start();
            eventSourcing.save(dog);
            assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
            assertThat(projections.deadLetters("dogs", 100)).hasSize(2);
            assertThat(tricks(dog)).isEqualTo(1);
            jdbc.sql("ALTER TABLE dog_list DROP CONSTRAINT at_most_one").update();
            // tag::dead-letters[]
            for (DeadLetter letter : projections.deadLetters("dogs", 100)) {
                System.out.println(letter.stream() + " failed " + letter.attempts() + " times: " + letter.cause());
                projections.retry("dogs", letter.stream());
            }
            // end::dead-letters[]
            while (!projections.deadLetters("dogs", 1).isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(tricks(dog)).isEqualTo(3);
            // tag::status[]
            ProjectionStatus status = projections.status("dogs").orElseThrow();
            System.out.println(status.lag() + " events and " + status.behind() + " behind, " + status.deadLetters()
                    + " parked, " + status.segments());
            // end::status[]
            assertThat(status.lag()).isZero();
        }
    }

    @Test
    void isDividedResetAndRebuilt() {
        Dog dog = dog();
        try (Projections projections =
                Projections.builder(eventSourcing, projectionStore()).build()) {
            projections.add(ProjectionDefinition.of(new DogList(jdbc)));
            projections.start();
            eventSourcing.save(dog);
            assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
            // tag::resize[]
            projections.resize("dogs", 4);
            // end::resize[]
            await(() -> projections.status("dogs").orElseThrow().segments().size() == 4);
            jdbc.sql("UPDATE dog_list SET tricks = 17").update();
            // tag::reset[]
            projections.reset("dogs");
            // end::reset[]
            await(() -> projections.awaitAll(Duration.ofSeconds(50)) && tricks(dog) == 1);
            jdbc.sql("UPDATE dog_list SET tricks = 17").update();
            // tag::rebuild[]
            Rebuilds rebuilds = projections.rebuilds();
            rebuilds.start("dogs");
            // end::rebuild[]
            await(() -> rebuilds.status("dogs").orElseThrow().done() == 1);
            // tag::rebuild-status[]
            RebuildStatus status = rebuilds.status("dogs").orElseThrow();
            System.out.printf("%.0f %% in %s, %s to go%n", 100 * status.done(), status.since(), status.remaining());
            for (TableComparison table : rebuilds.compare("dogs", 10)) {
                System.out.println(
                        table.table() + ": " + table.changed() + " rows differ, such as " + table.examples());
            }
            // end::rebuild-status[]
            assertThat(rebuilds.compare("dogs", 10).get(0).changed()).isEqualTo(1);
            assertThat(tricks(dog)).isEqualTo(17);
            // tag::complete[]
            boolean done = rebuilds.complete("dogs", Duration.ofSeconds(30));
            // end::complete[]
            assertThat(done).isTrue();
            assertThat(tricks(dog)).isEqualTo(1);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    interface Mails {
        void send(String text);
    }

    @Projection("welcome")
    record Welcome(Mails mails) {
        // tag::side-effects[]
        @EventHandler(value = "Dog.Registered", sideEffects = true)
        void registered(String name) {
            mails.send("Welcome, " + name);
        }
        // end::side-effects[]

        @ResetHandler
        void nothingToRemove() {}
    }

    @Test
    void sideEffectsHappenOnce() {
        List<String> sent = new CopyOnWriteArrayList<>();
        try (Projections projections =
                Projections.builder(eventSourcing, projectionStore()).build()) {
            projections.add(ProjectionDefinition.of(new Welcome(sent::add)));
            projections.start();
            eventSourcing.save(dog());
            assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
            projections.reset("welcome");
            eventSourcing.save(new Dog("Rex"));
            await(() -> sent.size() == 2);
            assertThat(sent).containsExactly("Welcome, Fido", "Welcome, Rex");
        }
    }

    // tag::names[]
    @Projection("names")
    static class DogNames {

        private final List<String> names = new ArrayList<>();

        @EventHandler("Dog.Registered")
        void registered(String name) {
            names.add(name);
        }

        List<String> names() {
            return names;
        }
    }
    // end::names[]

    @Test
    void isMadeOnDemand() {
        eventSourcing.save(dog());
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        // tag::on-demand[]
        DogNames now = OnDemandProjection.replay(eventSourcing, new DogNames());
        DogNames then = OnDemandProjection.replay(
                eventSourcing, new DogNames(), ReadOptions.forwards().asOf(yesterday));
        // end::on-demand[]
        assertThat(now.names()).containsExactly("Fido");
        assertThat(then.names()).isEmpty();
    }

    // tag::projection-spec[]
    @Test
    void dogsAreListedByTheirNames() {
        ProjectionSpec.of(DogNames::new)
                .given(() -> new Dog("Fido"))
                .given("Dog-1", event("Dog.Registered").with("name", "Rex"))
                .then(dogs -> assertThat(dogs.names()).containsExactly("Fido", "Rex"));
    }
    // end::projection-spec[]

    @Test
    void propertiesAreThoseThatThereAre() throws IOException {
        Properties properties =
                PropertiesLoaderUtils.loadProperties(new ClassPathResource("docs/projections.properties"));
        assertThat(properties.stringPropertyNames())
                .allMatch(name -> name.matches(
                        "eventsourcing\\.projections\\.(named\\.[a-z]+\\.)?" + "(segments|retries|mode|start)"));
    }
}
