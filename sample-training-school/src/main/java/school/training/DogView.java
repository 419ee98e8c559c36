package school.training;

import java.util.List;
import java.util.UUID;

/** A dog as the web shows it. */
record DogView(UUID id, String name, List<String> tricks, long version) {

    static DogView of(Dog dog) {
        return new DogView(dog.id(), dog.name(), dog.tricks(), dog.version());
    }
}
