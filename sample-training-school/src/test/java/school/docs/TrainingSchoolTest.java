package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.spring.test.EventSourcingTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

// tag::event-sourcing-test[]
@EventSourcingTest
class TrainingSchoolTest {

    @Autowired
    TrainingSchool school;

    @Test
    void dogsLearnTricks() {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        assertThat(school.tricks(fido)).containsExactly("roll over");
    }
}
// end::event-sourcing-test[]
