package io.eventsourcing.spring;

import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Wires applications as soon as they are made, before anything of theirs runs but the constructor. It is among the first
 * processors, so that an application that another processor needs, and that is therefore made early, is wired as well:
 * one that is not would keep its events in memory.
 */
final class ApplicationWiring implements InstantiationAwareBeanPostProcessor, PriorityOrdered {

    private final ObjectProvider<EventSourcing> eventSourcing;

    ApplicationWiring(ObjectProvider<EventSourcing> eventSourcing) {
        this.eventSourcing = eventSourcing;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public boolean postProcessAfterInstantiation(Object bean, String beanName) {
        if (bean instanceof Application application) {
            eventSourcing.getObject().wire(application);
        }
        return true;
    }
}
