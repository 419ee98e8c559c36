package io.eventsourcing.spring;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.StreamName;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up if the store answers a read of a stream that nobody writes. */
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
        store.position(PROBE);
        builder.up();
    }
}
