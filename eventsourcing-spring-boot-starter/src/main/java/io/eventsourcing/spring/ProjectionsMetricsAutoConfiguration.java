package io.eventsourcing.spring;

import io.eventsourcing.projection.Projections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;

/** Adds how projections stand to the application's metrics. */
@AutoConfiguration(
        after = ProjectionsAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Projections.class, MeterRegistry.class})
final class ProjectionsMetricsAutoConfiguration {

    @Bean
    @DependsOn("projectionsLifecycle")
    @ConditionalOnMissingBean
    ProjectionsMetrics projectionsMetrics(Projections projections, MeterRegistry registry) {
        return new ProjectionsMetrics(projections, registry);
    }
}
