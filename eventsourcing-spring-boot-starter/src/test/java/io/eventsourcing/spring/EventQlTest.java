package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventql.EventQl;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EventQlTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(EventSourcingAutoConfiguration.class, EventQlAutoConfiguration.class))
            .withPropertyValues("eventsourcing.persistence-module=memory");

    @Test
    void aBeanAnswersQuestionsAboutTheStore() {
        runner.run(context -> {
            NewEvent event = new NewEvent(UUID.randomUUID(), "Dog.Barked", new byte[0], new byte[0], Instant.now());
            context.getBean(EventStore.class)
                    .append(StreamName.of("Dog-1"), ExpectedPosition.noStream(), List.of(event));
            assertThat(context.getBean(EventQl.class)
                            .isTrue("FROM e IN events WHERE e.type == \"Dog.Barked\" PROJECT INTO COUNT() == 1"))
                    .isTrue();
        });
    }

    @Test
    void oneOfTheApplicationsIsUsed() {
        EventQl own = EventQl.over(new MemoryEventStore());
        runner.withBean(EventQl.class, () -> own)
                .run(context -> assertThat(context.getBean(EventQl.class)).isSameAs(own));
    }

    @Test
    void withoutTheModuleThereIsNone() {
        runner.withClassLoader(new FilteredClassLoader(EventQl.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("eventQl"));
    }
}
