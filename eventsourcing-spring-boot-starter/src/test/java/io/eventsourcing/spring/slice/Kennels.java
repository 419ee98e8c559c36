package io.eventsourcing.spring.slice;

import io.eventsourcing.Application;
import io.eventsourcing.spring.fixtures.Dog;
import java.util.UUID;
import org.springframework.stereotype.Service;

@Service
class Kennels extends Application {

    UUID take(String name) {
        Dog dog = new Dog(name);
        save(dog);
        return dog.id();
    }
}
