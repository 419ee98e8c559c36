package io.eventsourcing.spring;

import io.eventsourcing.eventql.EventQl;
import io.eventsourcing.store.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Lets an application ask questions in EventQL about its store. */
@AutoConfiguration(after = EventSourcingAutoConfiguration.class)
@ConditionalOnClass(EventQl.class)
@ConditionalOnSingleCandidate(EventStore.class)
final class EventQlAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventQl eventQl(EventStore store) {
        return EventQl.over(store);
    }
}
