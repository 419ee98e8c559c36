package school.docs;

import static io.eventsourcing.test.AggregateSpec.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.test.AggregateSpec;
import org.junit.jupiter.api.Test;

class DogSpecTest {

    // tag::aggregate-spec[]
    @Test
    void aDogLearnsATrick() {
        AggregateSpec.of(Dog.class)
                .given(() -> new Dog("Fido"))
                .and(dog -> dog.addTrick("sit"))
                .when(dog -> dog.addTrick("roll over"))
                .then(event("TrickAdded").with("trick", "roll over"))
                .thenState(dog -> assertThat(dog.tricks()).containsExactly("sit", "roll over"));
    }
    // end::aggregate-spec[]

    // tag::given-events[]
    @Test
    void aDogThatWasRegisteredLongAgoLearnsATrick() {
        AggregateSpec.of(Dog.class)
                .given(event("Registered").with("name", "Fido"))
                .when(dog -> dog.addTrick("sit"))
                .then(event("TrickAdded").with("trick", "sit"));
    }
    // end::given-events[]
}
