package school.docs;

import io.eventsourcing.Application;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

// tag::training-school[]
@Service
public class TrainingSchool extends Application {

    public UUID register(String name) {
        Dog dog = new Dog(name);
        save(dog);
        return dog.id();
    }

    public void addTrick(UUID id, String trick) {
        Dog dog = repository().get(Dog.class, id);
        dog.addTrick(trick);
        save(dog);
    }

    public List<String> tricks(UUID id) {
        return repository().get(Dog.class, id).tricks();
    }
}
// end::training-school[]
