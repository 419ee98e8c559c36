package io.eventsourcing.schema;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.Personal;

/** An aggregate whose payloads are validated. */
@AggregateName("Kennel")
final class Kennel extends Aggregate {

    record Fed(String food, int grams) {}

    String owner;

    @Event("Opened")
    Kennel(@Personal String owner, int places) {
        this.owner = owner;
    }

    @Event("Named")
    void name(String name) {}

    @Event(type = Fed.class)
    void feed(String food, int grams) {}
}
