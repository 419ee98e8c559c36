package io.eventsourcing.spring;

import io.eventsourcing.projection.Projections;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds the projections to the application's health. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Projections.class)
@ConditionalOnEnabledHealthIndicator("projections")
final class ProjectionsHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "projectionsHealthIndicator")
    ProjectionsHealthIndicator projectionsHealthIndicator(Projections projections, ProjectionsProperties properties) {
        return new ProjectionsHealthIndicator(projections, properties.maxBehind());
    }
}
