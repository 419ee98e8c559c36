package io.eventsourcing.spring;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.Projections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** How projections stand, as metrics: gauges, tagged with the name of the projection. */
final class ProjectionsMetrics implements SmartInitializingSingleton {

    private static final String PREFIX = "eventsourcing.projection.";

    private final Projections projections;
    private final MeterRegistry registry;

    /** So that the gauges of one look at the metrics share a look at the database. */
    private final LoadingCache<String, Optional<ProjectionStatus>> statuses;

    ProjectionsMetrics(Projections projections, MeterRegistry registry) {
        this.projections = projections;
        this.registry = registry;
        this.statuses =
                Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(1)).build(projections::status);
    }

    /** Projections are added when all beans are there; see {@link ProjectionsLifecycle}, which comes first. */
    @Override
    public void afterSingletonsInstantiated() {
        for (String name : projections.names()) {
            gauge(name, "lag", "Events that wait to be handled", ProjectionStatus::lag);
            gauge(
                    name,
                    "behind",
                    "Age of the oldest event that waits, in seconds",
                    status -> status.behind().toMillis() / 1e3);
            gauge(name, "rate", "Events that this process handles in a second", ProjectionStatus::rate);
            gauge(name, "dead.letters", "Events that are parked", ProjectionStatus::deadLetters);
            gauge(
                    name,
                    "failed.timeouts",
                    "Timeouts that are kept as failed",
                    status -> status.timeouts().failed());
        }
    }

    private void gauge(String name, String figure, String description, ToDoubleFunction<ProjectionStatus> number) {
        Gauge.builder(
                        PREFIX + figure,
                        statuses,
                        known -> known.get(name).map(number::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .tag("projection", name)
                .register(registry);
    }
}
