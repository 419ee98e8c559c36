package school.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventsourcing.store.EventStore;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The list where it follows the events, stopped and started as a program would be. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"eventsourcing.persistence-module=memory", "spring.datasource.url=jdbc:h2:mem:following"})
@DirtiesContext
class FollowingDogListTest {

    @Autowired
    private TrainingSchool school;

    @Autowired
    private DogList bean;

    @Autowired
    private DogSummaries summaries;

    @Autowired
    private JdbcTemplate jdbc;

    private FollowingDogList list;

    @BeforeEach
    void unwrap() {
        list = (FollowingDogList) bean;
    }

    private void awaitListed(UUID id, String name, int tricks) {
        await().untilAsserted(
                        () -> assertThat(summaries.findAllByOrderById()).contains(new DogSummary(id, name, tricks)));
    }

    @Test
    void goesOnWhereItHasStopped() {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "sit");
        awaitListed(fido, "Fido", 1);
        list.stop();
        school.addTrick(fido, "roll over");
        UUID rex = school.register("Rex");
        list.start();
        awaitListed(rex, "Rex", 0);
        assertThat(summaries.findAllByOrderById()).contains(new DogSummary(fido, "Fido", 2));
    }

    @Test
    void isMadeAnewWhenItWasEmptied() {
        UUID fido = school.register("Fido");
        school.addTrick(fido, "sit");
        awaitListed(fido, "Fido", 1);
        List<DogSummary> before = summaries.findAllByOrderById();
        list.stop();
        jdbc.update("DELETE FROM \"dog_summary\"");
        jdbc.update("UPDATE \"dog_summary_checkpoint\" SET \"commit_position\" = 0");
        list.start();
        await().untilAsserted(() -> assertThat(summaries.findAllByOrderById()).isEqualTo(before));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void waitsForARowThatCannotBeWritten(CapturedOutput log) {
        jdbc.execute("ALTER TABLE \"dog_summary\" ADD CONSTRAINT no_bart CHECK (\"name\" <> 'Bart')");
        UUID bart = school.register("Bart");
        UUID rex = school.register("Rex");
        await().until(() -> log.getAll().contains("the list of dogs"));
        assertThat(summaries.findAllByOrderById())
                .extracting(DogSummary::id)
                .doesNotContain(bart)
                .doesNotContain(rex);
        jdbc.execute("ALTER TABLE \"dog_summary\" DROP CONSTRAINT no_bart");
        awaitListed(rex, "Rex", 0);
        awaitListed(bart, "Bart", 0);
    }

    @Test
    void countsEachEventOnceThoughTwoProgramsFollow(
            @Autowired EventStore store, @Autowired TransactionTemplate transaction, @Autowired JdbcClient client) {
        List<UUID> dogs = IntStream.range(0, 50)
                .mapToObj(i -> school.register("Dog " + i))
                .toList();
        awaitListed(dogs.get(49), "Dog 49", 0);
        FollowingDogList other = new FollowingDogList(store, transaction, summaries, client);
        other.start();
        dogs.forEach(dog -> school.addTrick(dog, "sit"));
        UUID last = school.register("Last");
        awaitListed(last, "Last", 0);
        other.stop();
        assertThat(summaries.findAllByOrderById())
                .filteredOn(dog -> dogs.contains(dog.id()))
                .hasSize(50)
                .extracting(DogSummary::numberOfTricks)
                .containsOnly(1);
    }
}
