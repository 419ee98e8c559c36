package io.eventsourcing.spring;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.projection.InlineProjections;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.ProjectionsBuilder;
import io.eventsourcing.store.EventStore;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Runs the projections of an application, and keeps how far they have come where its tables are. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnSingleCandidate(EventSourcing.class)
@EnableConfigurationProperties(ProjectionsProperties.class)
final class ProjectionsAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ProjectionsAutoConfiguration.class);

    private static final String MEMORY = "memory";

    /** Made only if there are projections: an application without any needs no tables for them. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ProjectionStore projectionStore(EventStore events, ObjectProvider<DataSourceProjectionStore> dataSource) {
        boolean isForgotten = events.description().equals(MEMORY);
        DataSourceProjectionStore opening = isForgotten ? null : dataSource.getIfAvailable();
        if (opening != null && opening.hasDataSource()) {
            return opening.open();
        }
        if (!isForgotten) {
            log.warn("There is no DataSource to keep in how far projections have come: they begin anew when the program"
                    + " starts, and each process has its own");
        }
        return new MemoryProjectionStore();
    }

    @Bean
    @ConditionalOnMissingBean
    Projections projections(
            EventSourcing eventSourcing,
            @Lazy ProjectionStore store,
            ProjectionsProperties properties,
            ObjectProvider<Clock> clock) {
        ProjectionsBuilder builder = Projections.builder(eventSourcing, store)
                .lease(properties.lease())
                .clock(clock.getIfUnique(Clock::systemUTC));
        if (properties.node() != null && !properties.node().isBlank()) {
            builder.node(properties.node());
        }
        return builder.build();
    }

    /** Made before what it works with, which gets it as an interceptor. */
    @Bean
    static InlineProjections inlineProjections() {
        return new InlineProjections();
    }

    @Bean
    ProjectionsLifecycle projectionsLifecycle(
            Projections projections,
            @Lazy ProjectionStore store,
            InlineProjections inline,
            EventSourcing eventSourcing,
            ListableBeanFactory beans,
            ProjectionsProperties properties) {
        return new ProjectionsLifecycle(
                projections, store, inline, eventSourcing, new ProjectionBeans(beans), properties);
    }
}
