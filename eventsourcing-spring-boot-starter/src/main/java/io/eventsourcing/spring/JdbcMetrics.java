package io.eventsourcing.spring;

import io.eventsourcing.jdbc.AppendStatistics;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.store.EventStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** How appends are combined, as metrics. Nothing if events are kept elsewhere. */
final class JdbcMetrics implements MeterBinder {

    private static final String PREFIX = "eventsourcing.jdbc.append.";

    private final EventStore store;

    JdbcMetrics(EventStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (store instanceof JdbcEventStore jdbc) {
            FunctionCounter.builder(PREFIX + "count", jdbc, of(AppendStatistics::appends))
                    .description("Appends outside of transactions")
                    .register(registry);
            FunctionCounter.builder(PREFIX + "batches", jdbc, of(AppendStatistics::batches))
                    .description("Turns in which they were written")
                    .register(registry);
            Gauge.builder(PREFIX + "waiting", jdbc, of(AppendStatistics::waiting))
                    .description("Appends that wait for their turn")
                    .register(registry);
        }
    }

    private static ToDoubleFunction<JdbcEventStore> of(ToDoubleFunction<AppendStatistics> number) {
        return jdbc -> number.applyAsDouble(jdbc.statistics());
    }
}
