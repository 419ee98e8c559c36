package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.Personal;
import java.util.ArrayList;
import java.util.List;

/** An event of each shape in which the library stores personal data. It remembers what its bodies were called with. */
@AggregateName("GoldenPerson")
class GoldenPerson extends Aggregate {

    final List<String> calls = new ArrayList<>();

    @Event("Introduced")
    GoldenPerson(
            @Personal String name, @Personal(replacement = "nobody") String alias, @Personal int age, String country) {
        calls.add(name + alias + age + country);
    }

    @Event("Confessed")
    @Personal
    void confess(String sin) {
        calls.add(sin);
    }
}
