package io.eventsourcing.spring;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.InlineProjections;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.spring.ProjectionsProperties.Mode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the projections of an application: after everything was made, and before the web server serves anybody; it stops when
 * no request runs any more.
 */
final class ProjectionsLifecycle implements SmartLifecycle, SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ProjectionsLifecycle.class);

    /** The web server's graceful shutdown comes before. */
    private static final int PHASE = DEFAULT_PHASE - 8192;

    private final Projections projections;
    private final ProjectionStore store;
    private final InlineProjections inline;
    private final EventSourcing eventSourcing;
    private final ProjectionBeans beans;
    private final ProjectionsProperties properties;

    ProjectionsLifecycle(
            Projections projections,
            ProjectionStore store,
            InlineProjections inline,
            EventSourcing eventSourcing,
            ProjectionBeans beans,
            ProjectionsProperties properties) {
        this.projections = projections;
        this.inline = inline;
        this.eventSourcing = eventSourcing;
        this.store = store;
        this.beans = beans;
        this.properties = properties;
    }

    /** Only now, since a projection may need what itself waits for projections. */
    @Override
    public void afterSingletonsInstantiated() {
        Map<Mode, List<ProjectionDefinition>> definitions = beans.definitions().stream()
                .filter(definition -> properties.runs(definition.name()))
                .collect(Collectors.groupingBy(definition -> properties.mode(definition)));
        definitions
                .getOrDefault(Mode.FOLLOWING, List.of())
                .forEach(definition -> projections.add(definition, properties.options(definition)));
        inline.use(eventSourcing, definitions.getOrDefault(Mode.INLINE, List.of()));
        if (!projections.names().isEmpty()) {
            log.info("Projections {} keep how far they have come in {}", projections.names(), store.description());
        }
    }

    @Override
    public boolean isAutoStartup() {
        return properties.enabled();
    }

    @Override
    public void start() {
        projections.start();
    }

    @Override
    public void stop() {
        projections.stop();
    }

    @Override
    public boolean isRunning() {
        return projections.isRunning();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
