package school.docs;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import java.util.ArrayList;
import java.util.List;

// tag::dog[]
public class Dog extends Aggregate {

    public static final int INITIAL_VERSION = 0; // optional; the default is 1

    private final String name;
    private final List<String> tricks = new ArrayList<>();

    @Event("Registered")
    public Dog(String name) {
        this.name = name;
    }

    @Event("TrickAdded")
    public void addTrick(String trick) {
        tricks.add(trick);
    }

    public String name() {
        return name;
    }

    public List<String> tricks() {
        return List.copyOf(tricks);
    }
}
// end::dog[]
