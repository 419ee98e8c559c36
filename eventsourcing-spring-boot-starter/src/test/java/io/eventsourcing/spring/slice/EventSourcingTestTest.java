package io.eventsourcing.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.test.EventSourcingTest;
import io.eventsourcing.store.EventStore;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.context.WebApplicationContext;

@EventSourcingTest
class EventSourcingTestTest {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Kennels kennels;

    @Test
    void applicationsAreWiredToAStoreInMemory(@Autowired EventStore store, @Autowired EventSourcing eventSourcing) {
        UUID fido = kennels.take("Fido");
        assertThat(store.description()).isEqualTo("memory");
        assertThat(eventSourcing.repository().get(Dog.class, fido).name()).isEqualTo("Fido");
    }

    @Test
    void ofTheProgramOnlyApplicationsAreBeans() {
        assertThat(context.getBeansOfType(Application.class).values()).containsExactly(kennels);
        assertThat(context.getBeanProvider(Bookkeeping.class).stream()).isEmpty();
        assertThat(context.getBeanProvider(StringBuilder.class).stream()).isEmpty();
    }

    @Test
    void thereIsNoDatabaseAndNoWebServer() {
        assertThat(context.getBeanProvider(DataSource.class).stream()).isEmpty();
        assertThat(context.getBeanProvider(PlatformTransactionManager.class).stream())
                .isEmpty();
        assertThat(context.containsBean("tomcatServletWebServerFactory")).isFalse();
        assertThat(context.getBeanProvider(WebApplicationContext.class).stream())
                .isEmpty();
    }

    @Test
    void theModuleIsSetAsAProperty(@Autowired Environment environment) {
        assertThat(environment.getProperty("eventsourcing.persistence-module")).isEqualTo("memory");
    }
}
