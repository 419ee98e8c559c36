package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.jdbc.JdbcPersistenceModule;
import io.eventsourcing.spring.fixtures.ScribeModule;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.PersistenceModuleException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Backends that the starter doesn't know. */
class OwnModuleTest {

    @Configuration(proxyBeanMethods = false)
    static class Scribe {
        @Bean
        PersistenceModule scribe() {
            return new ScribeModule("scribe");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnJdbc {
        @Bean
        PersistenceModule ownJdbc() {
            return new ScribeModule("jdbc");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMemory {
        @Bean
        PersistenceModule ownMemory() {
            return new ScribeModule("memory");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoOfOneName {
        @Bean
        @Order(2)
        PersistenceModule second() {
            return new ScribeModule("scribe", "parchment");
        }

        @Bean
        @Order(1)
        PersistenceModule first() {
            return new ScribeModule("scribe");
        }
    }

    private static String storeOf(Program program) {
        try (ConfigurableApplicationContext context = program.start()) {
            return context.getBean(EventStore.class).description();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scribe", "SCRIBE", "eventsourcing_scribe"})
    void aBeanIsChosenByItsName(String name) {
        assertThat(storeOf(Program.narrow(Scribe.class).variable("PERSISTENCE_MODULE=" + name)))
                .isEqualTo("scribe on papyrus");
    }

    @Test
    void oursAreChosenBesideIt() {
        assertThat(storeOf(Program.narrow(Scribe.class).variable("PERSISTENCE_MODULE=jdbc")))
                .isEqualTo("jdbc (H2)");
        assertThat(storeOf(Program.narrow(Scribe.class).variable("PERSISTENCE_MODULE=memory")))
                .isEqualTo("memory");
    }

    @Test
    void itReadsItsSettingsWhereverTheProgramHasThem() {
        Program chosen = Program.narrow(Scribe.class).variable("PERSISTENCE_MODULE=scribe");
        assertThat(storeOf(chosen.property("SCRIBE_PAPER=${kind} paper").property("kind=wove")))
                .isEqualTo("scribe on wove paper");
        assertThat(storeOf(chosen.variable("SCRIBE_PAPER=vellum"))).isEqualTo("scribe on vellum");
        assertThat(storeOf(chosen.argument("--SCRIBE_PAPER=slate"))).isEqualTo("scribe on slate");
    }

    @Test
    void withSeveralCandidatesAndNoChoiceTheProgramDoesNotStart() {
        assertThatThrownBy(() -> storeOf(Program.narrow(Scribe.class)))
                .hasRootCauseInstanceOf(PersistenceModuleException.class)
                .rootCause()
                .hasMessageContaining("Several persistence modules could be meant")
                .extracting(e -> ((PersistenceModuleException) e).found())
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrder("scribe", "jdbc", "memory");
    }

    @Test
    void aWrongNameIsAnsweredWithThoseFound() {
        assertThatThrownBy(() -> storeOf(Program.narrow(Scribe.class).variable("PERSISTENCE_MODULE=scroll")))
                .rootCause()
                .isInstanceOf(PersistenceModuleException.class)
                .hasMessageContainingAll("'scroll'", "scribe", "jdbc", "memory");
    }

    @Test
    void aModuleNamedAsOursReplacesIt() {
        assertThat(storeOf(Program.narrow(OwnJdbc.class))).isEqualTo("jdbc on papyrus");
        assertThat(storeOf(Program.narrow(OwnJdbc.class).variable("PERSISTENCE_MODULE=jdbc")))
                .isEqualTo("jdbc on papyrus");
        assertThat(storeOf(Program.narrow(OwnMemory.class).variable("PERSISTENCE_MODULE=memory")))
                .isEqualTo("memory on papyrus");
    }

    @Test
    void ofTwoModulesOfOneNameTheFirstInOrderIsTaken() {
        assertThat(storeOf(Program.narrow(TwoOfOneName.class).variable("PERSISTENCE_MODULE=scribe")))
                .isEqualTo("scribe on papyrus");
    }

    @Test
    void theModuleThatOpensAPoolOfItsOwnGivesWayToTheDataSource() {
        try (ConfigurableApplicationContext context = Program.narrow().start()) {
            assertThat(context.getBeanProvider(PersistenceModule.class).stream())
                    .singleElement()
                    .isInstanceOf(DataSourcePersistenceModule.class)
                    .extracting(PersistenceModule::name)
                    .isEqualTo(JdbcPersistenceModule.NAME);
        }
    }
}
