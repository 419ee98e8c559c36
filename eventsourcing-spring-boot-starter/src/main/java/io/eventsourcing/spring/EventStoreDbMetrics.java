package io.eventsourcing.spring;

import io.eventsourcing.eventstoredb.ConnectionStatistics;
import io.eventsourcing.eventstoredb.EventStoreDbEventStore;
import io.eventsourcing.store.EventStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** How the connection to the server fares, as metrics. Nothing if events are kept elsewhere. */
final class EventStoreDbMetrics implements MeterBinder {

    private static final String PREFIX = "eventsourcing.eventstoredb.";

    private final EventStore store;

    EventStoreDbMetrics(EventStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (store instanceof EventStoreDbEventStore server) {
            Gauge.builder(PREFIX + "connected", server, of(statistics -> statistics.connected() ? 1 : 0))
                    .description("Whether the last call has reached the server")
                    .register(registry);
            FunctionCounter.builder(PREFIX + "reconnections", server, of(ConnectionStatistics::reconnections))
                    .description("Clients that were given up for another one")
                    .register(registry);
            FunctionCounter.builder(PREFIX + "retries", server, of(ConnectionStatistics::retries))
                    .description("Calls that were made again, since they had not been answered")
                    .register(registry);
        }
    }

    private static ToDoubleFunction<EventStoreDbEventStore> of(ToDoubleFunction<ConnectionStatistics> number) {
        return server -> number.applyAsDouble(server.statistics());
    }
}
