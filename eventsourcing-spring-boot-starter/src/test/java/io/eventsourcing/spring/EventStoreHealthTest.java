package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.spring.fixtures.WatchedStore;
import io.eventsourcing.store.EventStore;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

class EventStoreHealthTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withConfiguration(AutoConfigurationTest.DATABASE)
            .withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());

    @Test
    void aStoreThatAnswersIsUp() {
        runner.run(context -> {
            Health health = context.getBean(EventStoreHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsOnlyKeys("store").containsEntry("store", "jdbc (H2)");
        });
        runner.withPropertyValues("eventsourcing.persistence-module=memory")
                .run(context -> assertThat(context.getBean(EventStoreHealthIndicator.class)
                                .health()
                                .getDetails())
                        .containsEntry("store", "memory"));
    }

    @Test
    void askingLeavesNothingInTheStore() {
        runner.run(context -> {
            context.getBean(EventStoreHealthIndicator.class).health();
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM es_streams", Integer.class))
                    .isZero();
        });
    }

    @Test
    void aStoreWhoseDatabaseIsGoneIsDownAndSaysWhy() {
        runner.run(context -> {
            context.getBean(HikariDataSource.class).close();
            Health health = context.getBean(EventStoreHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("store", "jdbc (H2)");
            assertThat(health.getDetails().get("error").toString())
                    .contains("StoreUnavailableException")
                    .contains("the database can't be reached");
        });
    }

    @Test
    void aStoreWhoseTablesAreGoneIsDownAndSaysWhy() {
        runner.run(context -> {
            context.getBean(JdbcTemplate.class).execute("DROP TABLE es_events");
            Health health = context.getBean(EventStoreHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("error").toString()).contains("are the tables of the store there");
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.eventstore.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void anIndicatorOfTheApplicationIsUsed() {
        runner.withBean(
                        "eventStoreHealthIndicator",
                        HealthIndicator.class,
                        () -> () -> Health.unknown().build())
                .run(context -> assertThat(context)
                        .hasSingleBean(HealthIndicator.class)
                        .doesNotHaveBean(EventStoreHealthIndicator.class));
    }

    @Test
    void betweenSeveralStoresThereIsNothingToSay() {
        runner.withBean("one", WatchedStore.class, () -> new WatchedStore("one"))
                .withBean("other", WatchedStore.class, () -> new WatchedStore("other"))
                .withBean(EventSourcing.class, () -> EventSourcing.of(new WatchedStore("third")))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EventStoreHealthIndicator.class));
    }

    @Test
    void itIsPartOfTheApplicationsHealthAsEventStore() {
        try (ConfigurableApplicationContext context = Program.whole()
                .property("management.endpoint.health.show-details=always")
                .property("management.endpoint.health.group.data.include=eventStore")
                .start()) {
            HealthDescriptor health = context.getBean(HealthEndpoint.class).health();
            assertThat(((CompositeHealthDescriptor) health).getComponents()).containsKey("eventStore");
            assertThat(context.getBean(HealthEndpoint.class)
                            .healthForPath("eventStore")
                            .getStatus())
                    .isEqualTo(Status.UP);
            assertThat(context.getBean(EventStore.class).description()).isEqualTo("jdbc (H2)");
        }
    }
}
