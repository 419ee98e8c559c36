package school.training;

import static io.eventsourcing.test.AggregateSpec.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.test.AggregateSpec;
import io.eventsourcing.test.GivenStep;
import org.junit.jupiter.api.Test;

class DogTest {

    private static final GivenStep<Dog> FIDO = AggregateSpec.of(Dog.class)
            .given(event("Registered").with("name", "Fido"), event("TrickAdded").with("trick", "sit"));

    @Test
    void aNewDogHasItsNameAndKnowsNothing() {
        AggregateSpec.of(Dog.class)
                .when(() -> new Dog("Fido"))
                .then(event("Registered").with("name", "Fido"))
                .thenState(dog -> {
                    assertThat(dog.name()).isEqualTo("Fido");
                    assertThat(dog.tricks()).isEmpty();
                    assertThat(dog.version()).isEqualTo(1);
                });
    }

    @Test
    void aDogLearnsTricksInTheirOrder() {
        FIDO.when(dog -> dog.addTrick("roll over"))
                .then(event("TrickAdded").with("trick", "roll over"))
                .thenState(dog -> {
                    assertThat(dog.tricks()).containsExactly("sit", "roll over");
                    assertThat(dog.version()).isEqualTo(3);
                });
    }

    @Test
    void aDogIsNotTaughtWhatItKnows() {
        FIDO.when(dog -> dog.addTrick("sit"))
                .thenThrows(TrickAlreadyKnownException.class, "Fido knows the trick 'sit' already")
                .thenState(dog -> assertThat(dog.tricks()).containsExactly("sit"));
    }

    @Test
    void aDogThatKnowsFiveTricksGraduatesOnce() {
        GivenStep<Dog> five = FIDO.and(
                event("TrickAdded").with("trick", "roll over"),
                event("TrickAdded").with("trick", "play dead"),
                event("TrickAdded").with("trick", "beg"),
                event("TrickAdded").with("trick", "fetch"));
        five.when(Dog::graduate)
                .then(event("Graduated"))
                .thenState(dog -> assertThat(dog.hasGraduated()).isTrue());
        five.and(event("Graduated"))
                .when(Dog::graduate)
                .thenThrows(IllegalStateException.class, "Fido has graduated already");
        FIDO.when(Dog::graduate).thenThrows(IllegalStateException.class, "Fido needs 5 tricks to graduate");
    }

    @Test
    void tricksAreToldApartByCase() {
        FIDO.when(dog -> dog.addTrick("Sit")).then(event("TrickAdded").with("trick", "Sit"));
    }

    @Test
    void nobodyCanChangeTheTricksFromOutside() {
        FIDO.when(dog -> dog.tricks().add("fly")).thenThrows(UnsupportedOperationException.class);
    }
}
