package school.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.test.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What is known before the school is stopped and started again is known afterwards. */
class RestartTest {

    /** All that the first run was told of one dog. */
    private record Known(DogView dog, DogView earlier, List<?> events) {

        static Known of(SchoolClient school, UUID id) {
            return new Known(school.dog(id), school.dog(id, 2), school.events(id));
        }
    }

    @Test
    void anH2FileOutlivesTheSchool(@TempDir Path folder) {
        outlives("--spring.datasource.url=jdbc:h2:file:" + folder.resolve("school") + ";WRITE_DELAY=0");
    }

    @Test
    void aPostgresDatabaseOutlivesTheSchool() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        outlives(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    @Test
    void anEventStoreDbOutlivesTheSchool(@TempDir Path folder) {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            outlives(eventStoreDb(server, folder));
        }
    }

    private static String[] eventStoreDb(EventStoreDbServer server, Path folder) {
        return new String[] {
            "--spring.profiles.active=eventstoredb",
            "--eventsourcing.eventstoredb.uri=" + server.connectionString(),
            "--spring.datasource.url=jdbc:h2:file:" + folder.resolve("school") + ";WRITE_DELAY=0"
        };
    }

    /** It follows the events. */
    private static void awaitList(SchoolClient school, List<DogSummary> expected) {
        await().untilAsserted(() -> assertThat(school.list()).isEqualTo(expected));
    }

    private static void outlives(String... database) {
        Known fido;
        Known rex;
        List<DogSummary> list;
        UUID puppy;
        try (ConfigurableApplicationContext context = start(database)) {
            SchoolClient school = client(context);
            UUID fidosId = school.register("Fido");
            UUID rexsId = school.register("Rex");
            school.teach(rexsId, "sit");
            school.teach(fidosId, "roll over");
            school.teach(fidosId, "play dead");
            fido = Known.of(school, fidosId);
            rex = Known.of(school, rexsId);
            list = List.of(new DogSummary(fidosId, "Fido", 2), new DogSummary(rexsId, "Rex", 1));
            awaitList(school, list);
            puppy = puppyWithTwoTricks(context);
        }
        assertThat(fido.dog().version()).isEqualTo(3);
        try (ConfigurableApplicationContext context = start(database)) {
            SchoolClient school = client(context);
            assertThat(Known.of(school, fido.dog().id())).isEqualTo(fido);
            assertThat(Known.of(school, rex.dog().id())).isEqualTo(rex);
            assertThat(school.list()).isEqualTo(list);
            assertThat(school.teach(fido.dog().id(), "beg").version()).isEqualTo(4);
            awaitList(school, List.of(new DogSummary(fido.dog().id(), "Fido", 3), list.get(1)));
            assertThatVersionsOfPuppiesBeginAt0(context, puppy);
        }
    }

    private static UUID puppyWithTwoTricks(ConfigurableApplicationContext context) {
        Puppy puppy = new Puppy();
        puppy.addTrick();
        puppy.addTrick();
        context.getBean(EventSourcing.class).save(puppy);
        return puppy.id();
    }

    private static void assertThatVersionsOfPuppiesBeginAt0(ConfigurableApplicationContext context, UUID id) {
        EventSourcing eventSourcing = context.getBean(EventSourcing.class);
        List<Puppy> versions = Stream.of(0, 1, 2)
                .map(version -> eventSourcing.repository().get(Puppy.class, id, version))
                .toList();
        assertThat(versions).extracting(Puppy::version).containsExactly(0L, 1L, 2L);
        assertThat(versions).extracting(Puppy::tricks).containsExactly(0, 1, 2);
        assertThat(eventSourcing.repository().get(Puppy.class, id).version()).isEqualTo(2);
    }

    private static ConfigurableApplicationContext start(String... database) {
        return SpringApplication.run(
                TrainingSchoolApplication.class,
                Stream.concat(Stream.of("--server.port=0"), Stream.of(database)).toArray(String[]::new));
    }

    private static SchoolClient client(ConfigurableApplicationContext context) {
        return SchoolClient.of(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }
}
