package school.docs;

import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.ProcessManager;
import java.util.Optional;
import school.training.Dog;
import school.training.TrainingSchool;

// tag::graduation[]
@ProcessManager("graduation")
public class Graduation {

    private final TrainingSchool school;

    public Graduation(TrainingSchool school) {
        this.school = school;
    }

    @EventHandler("Dog.TrickAdded")
    Optional<Dog> trickAdded(EventContext event) {
        Dog dog = school.dog(event.aggregateId());
        if (!dog.canGraduate()) {
            return Optional.empty();
        }
        dog.graduate();
        return Optional.of(dog);
    }
}
// end::graduation[]
