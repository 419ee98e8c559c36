package io.eventsourcing.spring;

import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;

/** Wires applications as soon as they are made, before anything of theirs runs but the constructor. */
final class ApplicationWiring implements InstantiationAwareBeanPostProcessor {

    private final ObjectProvider<EventSourcing> eventSourcing;

    ApplicationWiring(ObjectProvider<EventSourcing> eventSourcing) {
        this.eventSourcing = eventSourcing;
    }

    @Override
    public boolean postProcessAfterInstantiation(Object bean, String beanName) {
        if (bean instanceof Application application) {
            eventSourcing.getObject().wire(application);
        }
        return true;
    }
}
