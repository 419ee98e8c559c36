package io.eventsourcing.spring.test;

import io.eventsourcing.Application;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** See {@link EventSourcingTest}. */
final class EventSourcingTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<EventSourcingTest> {

    EventSourcingTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return Set.of(Application.class);
    }
}
