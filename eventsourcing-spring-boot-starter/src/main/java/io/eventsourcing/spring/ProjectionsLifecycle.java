package io.eventsourcing.spring;

import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
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
    private final ProjectionBeans beans;
    private final ProjectionsProperties properties;

    ProjectionsLifecycle(
            Projections projections, ProjectionStore store, ProjectionBeans beans, ProjectionsProperties properties) {
        this.projections = projections;
        this.store = store;
        this.beans = beans;
        this.properties = properties;
    }

    /** Only now, since a projection may need what itself waits for projections. */
    @Override
    public void afterSingletonsInstantiated() {
        beans.definitions().stream()
                .filter(definition -> properties.runs(definition.name()))
                .forEach(definition -> projections.add(definition, properties.options(definition.name())));
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
