package school.training;

import io.eventsourcing.Application;
import io.eventsourcing.store.EventSequence;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** What the school can do. It knows nothing of the web or of databases, and works with and without Spring. */
@Service
public class TrainingSchool extends Application {

    public UUID register(String name) {
        Dog dog = new Dog(name);
        save(dog);
        return dog.id();
    }

    public void addTrick(UUID id, String trick) {
        Dog dog = dog(id);
        dog.addTrick(trick);
        save(dog);
    }

    public List<String> tricks(UUID id) {
        return dog(id).tricks();
    }

    public Dog dog(UUID id) {
        return repository().get(Dog.class, id);
    }

    /** The dog as it was at a version. */
    public Dog dog(UUID id, long version) {
        return repository().get(Dog.class, id, version);
    }

    public EventSequence history(UUID id) {
        return repository().history(Dog.class, id);
    }
}
