package school.training;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import java.util.ArrayList;
import java.util.List;

/** A dog, and the tricks that it has learned, in their order. */
public class Dog extends Aggregate {

    static final int TRICKS_TO_GRADUATE = 5;

    private final String name;
    private final List<String> tricks = new ArrayList<>();
    private boolean graduated;

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

    /** Whether it knows enough, and hasn't graduated yet. */
    public boolean canGraduate() {
        return tricks.size() >= TRICKS_TO_GRADUATE && !graduated;
    }

    /** @throws IllegalStateException if it can't */
    public void graduate() {
        if (!canGraduate()) {
            throw new IllegalStateException(name
                    + (graduated ? " has graduated already" : " needs " + TRICKS_TO_GRADUATE + " tricks to graduate"));
        }
        graduated();
    }

    @Event
    private void graduated() {
        graduated = true;
    }

    public String name() {
        return name;
    }

    public boolean hasGraduated() {
        return graduated;
    }

    public List<String> tricks() {
        return List.copyOf(tricks);
    }
}
