package io.eventsourcing.test.conformance;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What process managers count in: each thing once. */
final class Tally extends Aggregate {

    private final List<String> counted = new ArrayList<>();

    @Event("Opened")
    Tally(UUID id) {
        super(id);
    }

    /** @throws IllegalStateException if it is counted already */
    void count(String what) {
        if (counted.contains(what)) {
            throw new IllegalStateException(what + " is counted already");
        }
        counted(what);
    }

    @Event
    private void counted(String what) {
        counted.add(what);
    }

    List<String> counted() {
        return List.copyOf(counted);
    }
}
