package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.spring.fixtures.WatchedStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/** When applications are wired, and to what. */
class ApplicationWiringTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EventSourcingAutoConfiguration.class))
            .withPropertyValues("eventsourcing.persistence-module=memory");

    static class Early extends TrainingSchool implements InitializingBean {

        private UUID fromPostConstruct;
        private UUID fromAfterPropertiesSet;
        private UUID fromSetter;

        @Autowired
        void setStore(EventStore store) {
            fromSetter = register("Rex");
        }

        @PostConstruct
        void start() {
            fromPostConstruct = register("Fido");
        }

        @Override
        public void afterPropertiesSet() {
            fromAfterPropertiesSet = register("Bello");
        }
    }

    static class Late extends TrainingSchool {

        @PreDestroy
        void stop() {
            register("Fido");
        }
    }

    static class FirstSchool extends TrainingSchool {}

    static class SecondSchool extends TrainingSchool {}

    static class Curious implements BeanPostProcessor {

        private final TrainingSchool school;

        Curious(TrainingSchool school) {
            this.school = school;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithAProcessorThatNeedsASchool {
        @Bean
        static Curious curious(TrainingSchool school) {
            return new Curious(school);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByFactoryMethods {
        @Bean
        TrainingSchool school() {
            return new TrainingSchool();
        }

        @Bean
        TrainingSchool apart() {
            return new TrainingSchool(EventSourcing.of(new MemoryEventStore()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyAndPrototype {
        @Bean
        @Lazy
        FirstSchool lazy() {
            return new FirstSchool();
        }

        @Bean
        @Scope("prototype")
        SecondSchool prototype() {
            return new SecondSchool();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Watched {
        @Bean
        WatchedStore store() {
            return new WatchedStore("watched");
        }
    }

    @Component
    static class Registrar {

        private final TrainingSchool school;
        private UUID last;

        Registrar(TrainingSchool school) {
            this.school = school;
        }

        @PreDestroy
        void stop() {
            last = school.register("the last one");
        }
    }

    @Test
    void anApplicationIsWiredBeforeAnythingOfItRunsButTheConstructor() {
        runner.withBean(Early.class).run(context -> {
            Early school = context.getBean(Early.class);
            EventSourcing eventSourcing = context.getBean(EventSourcing.class);
            assertThat(eventSourcing.repository().exists(Dog.class, school.fromSetter))
                    .isTrue();
            assertThat(eventSourcing.repository().exists(Dog.class, school.fromPostConstruct))
                    .isTrue();
            assertThat(eventSourcing.repository().exists(Dog.class, school.fromAfterPropertiesSet))
                    .isTrue();
        });
    }

    @Test
    void anApplicationThatAProcessorNeedsIsWiredToo() {
        runner.withBean(TrainingSchool.class)
                .withUserConfiguration(WithAProcessorThatNeedsASchool.class)
                .run(context -> assertThat(context.getBean(Curious.class).school.repository())
                        .isSameAs(context.getBean(EventSourcing.class).repository()));
    }

    @Test
    void severalApplicationsShareOneStore() {
        runner.withBean(FirstSchool.class).withBean(SecondSchool.class).run(context -> {
            UUID fido = context.getBean(FirstSchool.class).register("Fido");
            context.getBean(SecondSchool.class).addTrick(fido, "roll over");
            assertThat(context.getBean(FirstSchool.class).tricks(fido)).containsExactly("roll over");
            assertThat(context.getBean(EventStore.class)
                            .readAll(ReadOptions.forwards())
                            .toList())
                    .hasSize(2);
        });
    }

    @Test
    void anApplicationWithAnEventSourcingOfItsOwnKeepsIt() {
        runner.withUserConfiguration(ByFactoryMethods.class).run(context -> {
            TrainingSchool apart = context.getBean("apart", TrainingSchool.class);
            apart.register("Fido");
            EventSourcing eventSourcing = context.getBean(EventSourcing.class);
            assertThat(apart.repository()).isNotSameAs(eventSourcing.repository());
            assertThat(eventSourcing.store().readAll(ReadOptions.forwards()).toList())
                    .isEmpty();
            assertThat(context.getBean("school", TrainingSchool.class).repository())
                    .isSameAs(eventSourcing.repository());
        });
    }

    @Test
    void lazyAndPrototypeApplicationsAreWiredWhenTheyAreMade() {
        runner.withUserConfiguration(LazyAndPrototype.class).run(context -> {
            SecondSchool one = context.getBean(SecondSchool.class);
            SecondSchool other = context.getBean(SecondSchool.class);
            assertThat(one).isNotSameAs(other);
            UUID fido = one.register("Fido");
            other.addTrick(fido, "sit");
            one.close();
            other.addTrick(fido, "roll over");
            assertThat(context.getBean(FirstSchool.class).tricks(fido)).containsExactly("sit", "roll over");
        });
    }

    @Test
    void closingTheContextClosesTheStoreOnce() {
        WatchedStore[] store = new WatchedStore[1];
        runner.withUserConfiguration(Watched.class)
                .withBean(FirstSchool.class)
                .withBean(SecondSchool.class)
                .run(context -> {
                    store[0] = context.getBean(WatchedStore.class);
                    context.getBean(FirstSchool.class).register("Fido");
                    context.getBean(FirstSchool.class).close();
                    assertThat(store[0].timesClosed()).isZero();
                });
        assertThat(store[0].timesClosed()).isEqualTo(1);
    }

    @Test
    void theStoreThatAModuleHasOpenedIsClosedOnceToo() {
        WatchedStore[] store = new WatchedStore[1];
        runner.withBean(OwnModuleTest.Scribe.class)
                .withPropertyValues("eventsourcing.persistence-module=scribe")
                .withBean(FirstSchool.class)
                .run(context -> store[0] = (WatchedStore) context.getBean(EventStore.class));
        assertThat(store[0].timesClosed()).isEqualTo(1);
    }

    @Test
    void anApplicationCanSaveUntilItIsGoneItself() {
        WatchedStore[] store = new WatchedStore[1];
        Registrar[] registrar = new Registrar[1];
        runner.withUserConfiguration(Watched.class)
                .withBean(Registrar.class)
                .withBean(Late.class)
                .run(context -> {
                    store[0] = context.getBean(WatchedStore.class);
                    registrar[0] = context.getBean(Registrar.class);
                });
        assertThat(registrar[0].last).isNotNull();
        assertThat(store[0].readAll(ReadOptions.forwards()).toList()).hasSize(2);
    }
}
