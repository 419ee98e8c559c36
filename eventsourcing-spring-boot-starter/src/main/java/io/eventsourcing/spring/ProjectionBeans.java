package io.eventsourcing.spring;

import io.eventsourcing.projection.ProcessManager;
import io.eventsourcing.projection.Projection;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionDefinitionException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/** The projections of an application: beans whose classes are annotated, and definitions that are beans. */
final class ProjectionBeans {

    private final ListableBeanFactory beans;

    ProjectionBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /** @throws ProjectionDefinitionException if one can't be run as it is written */
    List<ProjectionDefinition> definitions() {
        List<ProjectionDefinition> definitions = new ArrayList<>();
        Stream.of(Projection.class, ProcessManager.class)
                .flatMap(annotation -> Stream.of(beans.getBeanNamesForAnnotation(annotation)))
                .distinct()
                .forEach(name -> definitions.add(definition(name, beans.getBean(name))));
        beans.getBeanProvider(ProjectionDefinition.class).orderedStream().forEach(definitions::add);
        return definitions;
    }

    private static ProjectionDefinition definition(String name, Object bean) {
        if (Proxy.isProxyClass(bean.getClass())) {
            throw new ProjectionDefinitionException("The projection bean '" + name
                    + "' is a proxy that has only the methods of its interfaces, so its handlers can't be called: leave"
                    + " spring.aop.proxy-target-class at true");
        }
        return ProjectionDefinition.of(AopUtils.getTargetClass(bean), bean);
    }
}
