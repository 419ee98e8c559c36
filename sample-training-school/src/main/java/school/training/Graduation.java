package school.training;

import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.ProcessManager;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets dogs graduate as soon as they know enough. What it returns is saved. */
@Component
@ProcessManager("graduation")
class Graduation {

    private final TrainingSchool school;

    Graduation(TrainingSchool school) {
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
