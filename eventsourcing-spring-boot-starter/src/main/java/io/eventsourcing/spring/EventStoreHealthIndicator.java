package io.eventsourcing.spring;

import io.eventsourcing.store.Availability;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.StreamName;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Up if the store says so, or answers a read of a stream that nobody writes. */
final class EventStoreHealthIndicator extends AbstractHealthIndicator {

    private static final StreamName PROBE = StreamName.of("eventsourcing-health");

    private final EventStore store;

    EventStoreHealthIndicator(EventStore store) {
        super("The event store can't be reached");
        this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.withDetail("store", store.description());
        if (store instanceof Availability server) {
            builder.status(server.isAvailable() ? Status.UP : Status.DOWN);
        } else {
            store.position(PROBE);
            builder.up();
        }
    }
}
