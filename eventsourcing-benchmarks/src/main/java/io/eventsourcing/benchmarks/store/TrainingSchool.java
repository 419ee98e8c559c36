package io.eventsourcing.benchmarks.store;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.Metadata;
import java.util.UUID;

/** An aggregate whose events are those of {@link Events}, and whose bodies cost next to nothing. */
public class TrainingSchool extends Aggregate {

    private static final Metadata METADATA =
            Metadata.ofCorrelationId(Events.CORRELATION_ID).with("n", "1234");

    private long events;
    private double total;

    @Event("Started")
    TrainingSchool() {
        events = 1;
    }

    @Event("Added")
    void add(String name, long amount, String reason, boolean ok, double rate) {
        events++;
        total += ok ? amount * rate + name.length() + reason.length() : 0;
    }

    void add(Added added) {
        add(added.name(), added.amount(), added.reason(), added.ok(), added.rate());
    }

    long events() {
        return events;
    }

    double total() {
        return total;
    }

    void save(EventSourcing eventSourcing) {
        eventSourcing.save(METADATA, this);
    }

    /**
     * Stores a new one.
     *
     * @param perSave how many events each save has at most
     */
    static UUID write(EventSourcing eventSourcing, int events, int perSave) {
        Added added = Added.random(Randoms.one());
        TrainingSchool school = new TrainingSchool();
        while (school.events() < events) {
            school.add(added);
            if (school.events() % perSave == 0) {
                school.save(eventSourcing);
            }
        }
        school.save(eventSourcing);
        return school.id();
    }
}
