package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What docs/eventstoredb.md says about tests. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"eventsourcing.persistence-module=eventstoredb", "spring.datasource.url=jdbc:h2:mem:in-tests"})
@DirtiesContext
class EventStoreDbInTestsTest {

    // tag::test-server[]
    static final EventStoreDbServer SERVER = EventStoreDbServer.start();

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) {
        properties.add("eventsourcing.eventstoredb.uri", SERVER::connectionString);
    }
    // end::test-server[]

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void dogsLearnTricks(@Autowired TrainingSchool school, @Autowired EventSourcing eventSourcing) {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        assertThat(school.tricks(fido)).containsExactly("roll over");
        assertThat(eventSourcing.store().description()).startsWith("eventstoredb");
    }
}
