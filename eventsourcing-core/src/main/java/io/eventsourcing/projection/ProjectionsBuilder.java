package io.eventsourcing.projection;

import io.eventsourcing.EventSourcing;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** What can be chosen of {@link Projections}. Not thread-safe. */
public final class ProjectionsBuilder {

    final EventSourcing eventSourcing;
    final ProjectionStore store;
    String node =
            ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
    Duration lease = Duration.ofSeconds(10);
    Clock clock = Clock.systemUTC();

    ProjectionsBuilder(EventSourcing eventSourcing, ProjectionStore store) {
        this.eventSourcing = Objects.requireNonNull(eventSourcing, "eventSourcing");
        this.store = Objects.requireNonNull(store, "store");
    }

    /** What this node is called; each node has another name. By default, the number of the process and some more. */
    public ProjectionsBuilder node(String name) {
        this.node = Objects.requireNonNull(name, "node");
        return this;
    }

    /**
     * For how long a node may be silent before others take over what it works on; 10 seconds if nothing else is said. No
     * handler may take so long for one event.
     *
     * @param duration 100 milliseconds or more
     */
    public ProjectionsBuilder lease(Duration duration) {
        if (duration.toMillis() < 100) {
            throw new IllegalArgumentException("A lease takes 100 ms or more, not " + duration);
        }
        this.lease = duration;
        return this;
    }

    /** What says since when events are parked, and how old those are that wait. */
    public ProjectionsBuilder clock(Clock reading) {
        this.clock = Objects.requireNonNull(reading, "clock");
        return this;
    }

    /** Without projections yet; they are added to it. */
    public Projections build() {
        return new Projections(this);
    }
}
