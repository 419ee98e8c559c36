package io.eventsourcing.spring.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Application;
import io.eventsourcing.spring.slice.ContributedAutoConfiguration.Contribution;
import io.eventsourcing.spring.test.EventSourcingTest;
import io.eventsourcing.store.EventStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.Environment;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;
import org.springframework.test.context.TestPropertySource;

@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
class EventSourcingTestOptionsTest {

    @Nested
    @EventSourcingTest(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Bookkeeping.class))
    class WithAFilterThatIncludes {
        @Test
        void whatItNamesIsABeanToo(@Autowired Bookkeeping bookkeeping, @Autowired Kennels kennels) {
            assertThat(bookkeeping.invoice()).isNotEmpty();
            assertThat(kennels.take("Fido")).isNotNull();
        }
    }

    @Nested
    @EventSourcingTest(excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Kennels.class))
    class WithAFilterThatExcludes {
        @Test
        void whatItNamesIsNoBean(@Autowired ApplicationContext context) {
            assertThat(context.getBeansOfType(Application.class)).isEmpty();
        }
    }

    @Nested
    @EventSourcingTest(useDefaultFilters = false)
    class WithoutDefaultFilters {
        @Test
        void notEvenApplicationsAreBeans(@Autowired ApplicationContext context) {
            assertThat(context.getBeansOfType(Application.class)).isEmpty();
            assertThat(context.getBeansOfType(EventStore.class)).hasSize(1);
        }
    }

    @Nested
    @EventSourcingTest(properties = "color=red")
    class WithProperties {
        @Test
        void theyAreInTheEnvironment(@Autowired Environment environment) {
            assertThat(environment.getProperty("color")).isEqualTo("red");
        }
    }

    @Nested
    @EventSourcingTest
    @TestPropertySource(properties = "PERSISTENCE_MODULE=jdbc")
    class WithAnotherModuleInTheProgramsProperties {
        @Test
        void theTestsOwnChoiceWins(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("memory");
        }
    }

    @Nested
    @EventSourcingTest(persistenceModule = "jdbc")
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    class WithTheJdbcModule {
        @Test
        void eventsAreKeptInTheDataSource(@Autowired EventStore store, @Autowired Kennels kennels) {
            assertThat(store.description()).isEqualTo("jdbc (H2)");
            assertThat(kennels.take("Fido")).isNotNull();
        }
    }

    @Nested
    @EventSourcingTest
    class WithAutoConfigurationOfAnotherLibrary {
        @Test
        void itIsThere(@Autowired Contribution contribution) {
            assertThat(contribution).isNotNull();
        }
    }

    @Nested
    @EventSourcingTest(excludeAutoConfiguration = ContributedAutoConfiguration.class)
    class WithThatExcluded {
        @Test
        void itIsNotThere(@Autowired ApplicationContext context) {
            assertThat(context.getBeansOfType(Contribution.class)).isEmpty();
            assertThat(context.getBeansOfType(EventStore.class)).hasSize(1);
        }
    }
}
