package school.training;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import java.util.ArrayList;
import java.util.List;

/** A dog, and the tricks that it has learned, in their order. */
public class Dog extends Aggregate {

    private final String name;
    private final List<String> tricks = new ArrayList<>();

    @Event("Registered")
    public Dog(String name) {
        this.name = name;
    }

    /** @throws TrickAlreadyKnownException if the dog knows the trick */
    public void addTrick(String trick) {
        if (tricks.contains(trick)) {
            throw new TrickAlreadyKnownException(name, trick);
        }
        trickAdded(trick);
    }

    @Event
    private void trickAdded(String trick) {
        tricks.add(trick);
    }

    public String name() {
        return name;
    }

    public List<String> tricks() {
        return List.copyOf(tricks);
    }
}
