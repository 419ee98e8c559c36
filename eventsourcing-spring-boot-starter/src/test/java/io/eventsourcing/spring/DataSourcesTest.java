package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with more than one database. */
class DataSourcesTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withConfiguration(AutoConfigurationTest.DATABASE)
            .withConfiguration(AutoConfigurations.of(TransactionAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())
            .withBean(TrainingSchool.class);

    private static DataSource newDatabase() {
        return DataSourceBuilder.create()
                .url("jdbc:h2:mem:" + UUID.randomUUID())
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoAlike {
        @Bean
        DataSource orders() {
            return newDatabase();
        }

        @Bean
        DataSource events() {
            return newDatabase();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePrimary {
        @Bean
        DataSource orders() {
            return newDatabase();
        }

        @Bean
        @Primary
        DataSource events() {
            return newDatabase();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneThatIsNoDefault {
        @Bean(defaultCandidate = false)
        DataSource orders() {
            return newDatabase();
        }
    }

    /** As an application with two databases is mostly written. */
    @Configuration(proxyBeanMethods = false)
    static class EachWithItsManager {
        @Bean
        @Primary
        DataSource orders() {
            return newDatabase();
        }

        @Bean(defaultCandidate = false)
        DataSource events() {
            return newDatabase();
        }

        @Bean
        @Primary
        PlatformTransactionManager ordersTransactions(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean(defaultCandidate = false)
        PlatformTransactionManager eventsTransactions(@Qualifier("events") DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }

    private static List<String> tables(ApplicationContext context, String dataSource) {
        return new JdbcTemplate(context.getBean(dataSource, DataSource.class))
                .queryForList(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'", String.class);
    }

    private static int events(ApplicationContext context, String dataSource) {
        Integer count = new JdbcTemplate(context.getBean(dataSource, DataSource.class))
                .queryForObject("SELECT COUNT(*) FROM es_events", Integer.class);
        return count == null ? -1 : count;
    }

    /** Whether a save takes part in a transaction of this manager. */
    private static boolean joins(ApplicationContext context, PlatformTransactionManager manager) {
        Dog fido = new Dog("Fido");
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            context.getBean(TrainingSchool.class).save(fido);
            status.setRollbackOnly();
        });
        return !context.getBean(EventSourcing.class).repository().exists(Dog.class, fido.id());
    }

    @Test
    void thePrimaryOneIsUsed() {
        runner.withUserConfiguration(OnePrimary.class).run(context -> {
            context.getBean(TrainingSchool.class).register("Fido");
            assertThat(tables(context, "orders")).isEmpty();
            assertThat(events(context, "events")).isEqualTo(1);
        });
    }

    @Test
    void theOneThatIsNamedIsUsed() {
        runner.withUserConfiguration(OnePrimary.class)
                .withPropertyValues("eventsourcing.jdbc.data-source=orders")
                .run(context -> {
                    context.getBean(TrainingSchool.class).register("Fido");
                    assertThat(tables(context, "events")).isEmpty();
                    assertThat(events(context, "orders")).isEqualTo(1);
                });
    }

    @Test
    void aNameThatIsEmptyCountsAsNone() {
        runner.withUserConfiguration(OnePrimary.class)
                .withPropertyValues("eventsourcing.jdbc.data-source=", "eventsourcing.jdbc.transaction-manager=")
                .run(context -> assertThat(tables(context, "events")).isNotEmpty());
    }

    @Test
    void betweenTwoAlikeNothingIsGuessed() {
        runner.withUserConfiguration(TwoAlike.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(JdbcBeanException.class)
                        .hasMessageContaining("orders, events"));
        runner.withUserConfiguration(TwoAlike.class)
                .withPropertyValues("eventsourcing.jdbc.data-source=events")
                .run(context -> assertThat(context).hasSingleBean(EventStore.class));
    }

    @Test
    void oneThatIsNoDefaultCandidateDoesNotStandInTheWay() {
        runner.withUserConfiguration(OneThatIsNoDefault.class).run(context -> {
            context.getBean(TrainingSchool.class).register("Fido");
            assertThat(tables(context, "orders")).isEmpty();
            assertThat(events(context, "dataSource")).isEqualTo(1);
        });
        runner.withUserConfiguration(OneThatIsNoDefault.class)
                .withPropertyValues("eventsourcing.jdbc.data-source=orders")
                .run(context -> assertThat(tables(context, "orders")).isNotEmpty());
    }

    @Test
    void bothNamesTogetherChooseADatabaseAndItsTransactions() {
        runner.withUserConfiguration(EachWithItsManager.class)
                .withPropertyValues(
                        "eventsourcing.jdbc.data-source=events",
                        "eventsourcing.jdbc.transaction-manager=eventsTransactions")
                .run(context -> {
                    assertThat(joins(context, context.getBean("eventsTransactions", PlatformTransactionManager.class)))
                            .isTrue();
                    assertThat(tables(context, "orders")).isEmpty();
                });
    }

    @Test
    void transactionsOfTheDataSourceAreJoinedWhoeverBeganThem() {
        runner.withUserConfiguration(EachWithItsManager.class)
                .withPropertyValues("eventsourcing.jdbc.data-source=events")
                .run(context -> {
                    context.getBean(TrainingSchool.class).save(new Dog("Fido"), new Dog("Rex"));
                    assertThat(joins(context, context.getBean("eventsTransactions", PlatformTransactionManager.class)))
                            .isTrue();
                });
    }

    @Test
    void aSaveIsAtomicWhereNoManagerManagesTheDataSource() {
        runner.withUserConfiguration(OneThatIsNoDefault.class)
                .withPropertyValues("eventsourcing.jdbc.data-source=orders")
                .run(context -> {
                    JdbcTemplate jdbc = new JdbcTemplate(context.getBean("orders", DataSource.class));
                    jdbc.execute("ALTER TABLE es_events ADD CONSTRAINT early CHECK (stream_position < 1)");
                    Dog fido = new Dog("Fido");
                    fido.addTrick("sit");
                    assertThat(catchThrowable(
                                    () -> context.getBean(TrainingSchool.class).save(new Dog("Rex"), fido)))
                            .isNotNull();
                    assertThat(events(context, "orders")).isZero();
                    assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM es_streams", Integer.class))
                            .isZero();
                });
    }

    @Test
    void aManagerOfAnotherDataSourceIsRefused() {
        runner.withUserConfiguration(EachWithItsManager.class)
                .withPropertyValues(
                        "eventsourcing.jdbc.data-source=events",
                        "eventsourcing.jdbc.transaction-manager=ordersTransactions")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(JdbcBeanException.class)
                        .hasMessageContainingAll("ordersTransactions", "manages another DataSource"));
    }

    @Test
    void aSaveJoinsTransactionsThroughATransactionAwareDataSource() {
        ApplicationContextRunner aware =
                runner.withBean(DataSource.class, () -> new TransactionAwareDataSourceProxy(newDatabase()));
        aware.run(context -> assertThat(joins(context, context.getBean(PlatformTransactionManager.class)))
                .isTrue());
        aware.withPropertyValues("eventsourcing.jdbc.transaction-manager=transactionManager")
                .run(context -> assertThat(joins(context, context.getBean(PlatformTransactionManager.class)))
                        .isTrue());
    }
}
