package school.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.test.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the school has answered it knows, also if its process is killed right after. */
class KillTest {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    @TempDir
    Path folder;

    private record School(Program program, SchoolClient client) implements AutoCloseable {

        @Override
        public void close() {
            program.close();
        }
    }

    @Test
    void anH2FileKeepsWhatWasAnswered() throws Exception {
        keepsWhatWasAnswered(Map.of(), "--spring.datasource.url=jdbc:h2:file:./school;WRITE_DELAY=0");
    }

    @Test
    void postgresNeedsTwoPropertiesAndKeepsWhatWasAnswered() throws Exception {
        TestPostgres.Database database = TestPostgres.createDatabase();
        keepsWhatWasAnswered(
                Map.of(),
                "--spring.datasource.url=" + database.jdbcUrl() + "?user=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    @Test
    void eventStoreDbNeedsTwoVariablesAndKeepsWhatWasAnswered() throws Exception {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            keepsWhatWasAnswered(
                    Map.of("PERSISTENCE_MODULE", "eventstoredb", "EVENTSTOREDB_URI", server.connectionString()));
        }
    }

    private void keepsWhatWasAnswered(Map<String, String> environment, String... database)
            throws IOException, InterruptedException {
        UUID fido;
        try (School school = start(environment, database)) {
            fido = school.client().register("Fido");
            school.client().teach(fido, "roll over");
            school.client().teach(fido, "play dead");
            school.program().kill();
        }
        try (School school = start(environment, database)) {
            assertThat(school.client().dog(fido))
                    .isEqualTo(new DogView(fido, "Fido", List.of("roll over", "play dead"), 3, null));
            await().untilAsserted(
                            () -> assertThat(school.client().list()).containsExactly(new DogSummary(fido, "Fido", 2)));
        }
    }

    private School start(Map<String, String> environment, String... database) throws IOException {
        String[] arguments = Stream.concat(
                        Stream.of("--server.port=0", "--logging.level.org.springframework.boot.tomcat=INFO"),
                        Stream.of(database))
                .toArray(String[]::new);
        Program program = Program.start(TrainingSchoolApplication.class, folder, environment, arguments);
        return new School(
                program, SchoolClient.of(Integer.parseInt(program.await(STARTED).group(1))));
    }
}
