package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.test.postgres.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether operators are told of what holds readers of all events back. */
class EventFeedHealthTest {

    private static Program program(String maxOpenAppend) {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return Program.whole(TrainingSchool.class)
                .property("eventsourcing.persistence-module=jdbc")
                .property("eventsourcing.jdbc.initialize-schema=always")
                .property("eventsourcing.jdbc.max-open-append=" + maxOpenAppend)
                .property("spring.datasource.url=" + database.jdbcUrl())
                .property("spring.datasource.hikari.data-source-properties.ApplicationName=the-school")
                .property("spring.datasource.username=" + database.username())
                .property("spring.datasource.password=" + database.password());
    }

    private static Health whileAnAppendIsOpen(ConfigurableApplicationContext context) {
        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        return transaction.execute(status -> {
            context.getBean(TrainingSchool.class).register("Fido");
            return health(context);
        });
    }

    private static Health health(ConfigurableApplicationContext context) {
        return context.getBean(EventFeedHealthIndicator.class).health();
    }

    @Test
    void aTransactionThatStaysOpenIsNamed() {
        try (ConfigurableApplicationContext context = program("0s").start()) {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            Health late = whileAnAppendIsOpen(context);
            assertThat(late.getStatus()).isEqualTo(Status.DOWN);
            assertThat(late.getDetails().get("openAppends").toString())
                    .contains("process ", "(the-school)", "open for");
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void aTransactionThatIsShortIsNot() {
        try (ConfigurableApplicationContext context = program("1h").start()) {
            assertThat(whileAnAppendIsOpen(context).getStatus()).isEqualTo(Status.UP);
        }
    }
}
