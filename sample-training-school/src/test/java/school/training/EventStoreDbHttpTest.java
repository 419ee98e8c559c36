package school.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** application-eventstoredb.properties chooses it; the rest is where the server and the files of this test are. */
@ActiveProfiles("eventstoredb")
class EventStoreDbHttpTest extends HttpScenario {

    private static final EventStoreDbServer SERVER = EventStoreDbServer.start();

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void places(DynamicPropertyRegistry properties) {
        properties.add("EVENTSTOREDB_URI", SERVER::connectionString);
        properties.add("spring.datasource.url", () -> "jdbc:h2:file:" + folder.resolve("school") + ";WRITE_DELAY=0");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    String expectedStore() {
        return "eventstoredb (127.0.0.1:" + SERVER.port() + ")";
    }

    @Test
    void theHealthKnowsWhetherTheServerIsThere() {
        SERVER.stop();
        try {
            school.get("/actuator/health")
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody()
                    .jsonPath("$.components.eventStore.status")
                    .isEqualTo("DOWN");
        } finally {
            SERVER.startAgain();
        }
        theHealthOfTheStoreIsShown();
    }

    @Test
    void theListGoesOnAfterTheServerHasRestarted() {
        UUID fido = school.register("Fido");
        SERVER.stop();
        SERVER.startAgain();
        school.teach(fido, "sit");
        assertList(list -> assertThat(list).contains(new DogSummary(fido, "Fido", 1)));
        assertThat(school.dog(fido).tricks()).isEqualTo(List.of("sit"));
    }
}
