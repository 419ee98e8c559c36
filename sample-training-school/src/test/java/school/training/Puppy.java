package school.training;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;

/** A dog whose versions begin at 0. */
public class Puppy extends Aggregate {

    public static final int INITIAL_VERSION = 0;

    private int tricks;

    @Event("Born")
    public Puppy() {}

    @Event("TrickAdded")
    public void addTrick() {
        tricks++;
    }

    int tricks() {
        return tricks;
    }
}
