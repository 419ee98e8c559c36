package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.config.location=classpath:docs/first-screen.properties")
@DirtiesContext
class FirstScreenTest {

    @TempDir
    static Path folder;

    /** The same, elsewhere. */
    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> "jdbc:h2:file:" + folder.resolve("school") + ";WRITE_DELAY=0");
    }

    @Autowired
    private TrainingSchool school;

    @Autowired
    private EventSourcing eventSourcing;

    @Test
    void dogsLearnTricksInASpringApplication() {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        school.addTrick(fido, "play dead");
        assertThat(school.tricks(fido)).containsExactly("roll over", "play dead");
        Dog dog = eventSourcing.repository().get(Dog.class, fido);
        assertThat(dog.name()).isEqualTo("Fido");
        assertThat(dog.version()).isEqualTo(2);
        assertThat(eventSourcing.store().description()).startsWith("jdbc (H2");
    }

    @Test
    void dogsLearnTricksInAPlainProgram() {
        // tag::without-spring[]
        try (TrainingSchool school = new TrainingSchool()) {
            UUID fido = school.register("Fido");
            school.addTrick(fido, "roll over");
            school.addTrick(fido, "play dead");
            System.out.println("Fido knows " + school.tricks(fido));
        }
        // end::without-spring[]
    }

    @Test
    void plainJavaMeansPlainJava() {
        // tag::plain-java[]
        Dog dog = new Dog("Fido");
        dog.addTrick("roll over");

        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        eventSourcing.save(dog);

        Dog loaded = eventSourcing.repository().get(Dog.class, dog.id());
        assertThat(loaded.tricks()).containsExactly("roll over");
        // end::plain-java[]
    }
}
