package school.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.store.ReadOptions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What holds only where events and the list of dogs are in one database. */
abstract class JdbcHttpScenario extends HttpScenario {

    @Autowired
    private DogService dogs;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void noEventIsStoredWhenTheListCannotBeWritten() {
        int before = store.readAll(ReadOptions.forwards()).toList().size();
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .as("the column has 200 characters")
                .isThrownBy(() -> dogs.register("x".repeat(201)));
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(before);
    }

    @Test
    void noTrickIsStoredWhenTheListCannotBeWritten() {
        UUID bart = school.register("Bart");
        jdbc.execute("ALTER TABLE \"dog_summary\" ADD CONSTRAINT lazy_bart"
                + " CHECK (\"name\" <> 'Bart' OR \"number_of_tricks\" = 0)");
        try {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> dogs.addTrick(bart, "sit"));
        } finally {
            jdbc.execute("ALTER TABLE \"dog_summary\" DROP CONSTRAINT lazy_bart");
        }
        assertThat(school.dog(bart)).isEqualTo(new DogView(bart, "Bart", List.of(), 1));
    }
}
