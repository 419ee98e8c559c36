package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An aggregate to specify. */
@AggregateName("school.Dog")
final class Dog extends Aggregate {

    record Weighed(LocalDate day, double kilograms) {}

    record Moved(String street, List<String> toys) {}

    final String name;
    final List<String> tricks = new ArrayList<>();
    double weight;
    Moved home = new Moved("nowhere", List.of());
    transient int barks;

    @Event("Registered")
    Dog(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A dog has a name");
        }
        this.name = name;
    }

    void addTrick(String trick) {
        if (tricks.contains(trick)) {
            throw new IllegalStateException(name + " knows how to " + trick);
        }
        trickAdded(trick);
    }

    @Event
    private void trickAdded(String trick) {
        tricks.add(trick);
    }

    @Event("TricksAdded")
    void addTricks(String... more) {
        tricks.addAll(Arrays.asList(more));
    }

    @Event(type = Weighed.class)
    void weigh(LocalDate day, double kilograms) {
        weight = kilograms;
    }

    @Event
    void move(Moved moved) {
        home = moved;
    }

    void bark() {
        barks++;
    }

    void barkAndFail() {
        barks++;
        throw new UnsupportedOperationException("hoarse");
    }

    void addTrickAndFail() {
        trickAdded("sit");
        throw new UnsupportedOperationException("tired");
    }
}
