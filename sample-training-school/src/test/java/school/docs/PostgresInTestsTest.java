package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.test.postgres.TestPostgres;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.config.location=classpath:docs/first-screen.properties")
@DirtiesContext
class PostgresInTestsTest {

    // tag::test-postgres[]
    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        TestPostgres.Database database = TestPostgres.createDatabase();
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
    }
    // end::test-postgres[]

    @Autowired
    private TrainingSchool school;

    @Autowired
    private EventSourcing eventSourcing;

    @Test
    void nothingElseChanges() {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        assertThat(school.tricks(fido)).containsExactly("roll over");
        assertThat(eventSourcing.store().description()).containsIgnoringCase("postgres");
    }
}
