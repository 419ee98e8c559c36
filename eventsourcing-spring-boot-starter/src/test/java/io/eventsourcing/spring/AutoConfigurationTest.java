package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What the auto-configuration contributes, and when it doesn't. */
class AutoConfigurationTest {

    static final AutoConfigurations OURS = AutoConfigurations.of(
            EventSourcingAutoConfiguration.class,
            EventStoreHealthAutoConfiguration.class,
            JdbcModuleAutoConfiguration.class);

    static final AutoConfigurations DATABASE = AutoConfigurations.of(
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            JdbcTemplateAutoConfiguration.class);

    private final ApplicationContextRunner runner = on(new ApplicationContextRunner());

    private static <
                    R extends AbstractApplicationContextRunner<R, C, A>,
                    C extends ConfigurableApplicationContext,
                    A extends ApplicationContextAssertProvider<C>>
            R on(R runner) {
        return runner.withConfiguration(OURS)
                .withConfiguration(DATABASE)
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
    }

    @Test
    void byDefaultEventsAreKeptInTheDataSource() {
        runner.withBean(TrainingSchool.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(EventSourcing.class);
            assertThat(context.getBean(EventStore.class)).isInstanceOf(JdbcEventStore.class);
            assertThat(context.getBean(EventMapper.class)).isInstanceOf(JacksonEventMapper.class);
            context.getBean(TrainingSchool.class).register("Fido");
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForList("SELECT event_type FROM es_events", String.class))
                    .containsExactly("Dog.Registered");
        });
    }

    @Test
    void theSameHoldsInEachKindOfWebApplication() {
        on(new WebApplicationContextRunner())
                .withBean(TrainingSchool.class)
                .run(context -> context.getBean(TrainingSchool.class).register("Fido"));
        on(new ReactiveWebApplicationContextRunner())
                .withBean(TrainingSchool.class)
                .run(context -> context.getBean(TrainingSchool.class).register("Fido"));
    }

    @Test
    void memoryLeavesTheDatabaseAlone() {
        runner.withBean(TrainingSchool.class)
                .withPropertyValues(
                        "eventsourcing.persistence-module=memory", "eventsourcing.jdbc.initialize-schema=always")
                .run(context -> {
                    context.getBean(TrainingSchool.class).register("Fido");
                    assertThat(context.getBean(EventStore.class)).isInstanceOf(MemoryEventStore.class);
                    assertThat(context.getBean(JdbcTemplate.class)
                                    .queryForList(
                                            "SELECT table_name FROM information_schema.tables"
                                                    + " WHERE table_schema = 'PUBLIC'",
                                            String.class))
                            .isEmpty();
                });
    }

    @Test
    void memoryNeedsNoDataSource() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withPropertyValues("eventsourcing.persistence-module=memory")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(EventStore.class));
    }

    @Test
    void withoutADataSourceTheDefaultFailsRatherThanToForgetEvents() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .run(context -> assertThat(context).getFailure().hasRootCauseInstanceOf(JdbcBeanException.class));
    }

    @Test
    void nothingIsContributedWhenItIsDisabled() {
        runner.withPropertyValues("eventsourcing.enabled=false").run(context -> {
            assertThat(context)
                    .hasNotFailed()
                    .doesNotHaveBean(EventStore.class)
                    .doesNotHaveBean(EventMapper.class)
                    .doesNotHaveBean(EventSourcing.class)
                    .doesNotHaveBean(PersistenceModule.class)
                    .doesNotHaveBean(ApplicationWiring.class)
                    .doesNotHaveBean(HealthIndicator.class);
        });
    }

    @Test
    void itIsEnabledWhenThatIsSaid() {
        runner.withPropertyValues("eventsourcing.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(EventStore.class));
    }

    @Test
    void noBeanOfATypeThatBelongsToTheApplicationIsContributed() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withPropertyValues("eventsourcing.persistence-module=memory")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(JsonMapper.class)
                        .doesNotHaveBean(Clock.class)
                        .doesNotHaveBean(DataSource.class)
                        .doesNotHaveBean(JdbcTemplate.class)
                        .doesNotHaveBean(Application.class));
    }

    @Test
    void withoutHealthOnTheClassPathThereIsNoIndicator() {
        new ApplicationContextRunner()
                .withUserConfiguration(Program.Narrow.class)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(EventStore.class)
                        .doesNotHaveBean("eventStoreHealthIndicator"));
    }

    @Test
    void withoutTheJdbcModuleOnTheClassPathAnotherWorks() {
        new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withClassLoader(new FilteredClassLoader(
                        "io.eventsourcing.jdbc", "org.springframework.jdbc", "org.springframework.boot.jdbc"))
                .withPropertyValues("eventsourcing.persistence-module=memory")
                .withBean(TrainingSchool.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("jdbcPersistenceModule");
                    assertThat(context.getBean(EventStore.class)).isInstanceOf(MemoryEventStore.class);
                });
    }

    @Test
    void theConditionsReportSaysWhatWasDecided() {
        runner.withPropertyValues("eventsourcing.enabled=false").run(context -> {
            Map<String, ConditionAndOutcomes> outcomes = ConditionEvaluationReport.get(
                            context.getSourceApplicationContext().getBeanFactory())
                    .getConditionAndOutcomesBySource();
            assertThat(reasons(outcomes.get(EventSourcingAutoConfiguration.class.getName())))
                    .contains("eventsourcing.enabled");
            assertThat(reasons(outcomes.get(JdbcModuleAutoConfiguration.class.getName())))
                    .contains("eventsourcing.enabled");
            assertThat(reasons(outcomes.get(EventStoreHealthAutoConfiguration.class.getName())))
                    .contains("(types: io.eventsourcing.store.EventStore; SearchStrategy: all) did not find any beans");
        });
    }

    private static String reasons(ConditionAndOutcomes outcomes) {
        assertThat(outcomes.isFullMatch()).isFalse();
        return outcomes.stream()
                .map(outcome -> outcome.getOutcome().getMessage())
                .collect(Collectors.joining("\n"));
    }
}
