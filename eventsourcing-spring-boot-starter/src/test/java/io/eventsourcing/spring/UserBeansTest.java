package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.spring.fixtures.WatchedStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Whatever the application brings itself is used instead of ours. */
class UserBeansTest {

    private static final Instant LONG_AGO = Instant.parse("2001-02-03T04:05:06Z");

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withPropertyValues("eventsourcing.persistence-module=memory")
            .withBean(TrainingSchool.class);

    private static RecordedEvent registration(ApplicationContext context) {
        context.getBean(TrainingSchool.class).register("Fido");
        List<RecordedEvent> all = context.getBean(EventStore.class)
                .readAll(ReadOptions.forwards())
                .toList();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String json(RecordedEvent event) {
        return new String(event.data(), StandardCharsets.UTF_8);
    }

    @Test
    void anEventStoreOfTheApplicationIsUsedWhateverModuleIsNamed() {
        runner.withPropertyValues("eventsourcing.persistence-module=nonsense")
                .withBean(WatchedStore.class, "my own")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(EventStore.class);
                    assertThat(registration(context).type()).isEqualTo("Dog.Registered");
                    assertThat(context.getBean(EventSourcing.class).store().description())
                            .isEqualTo("my own");
                });
    }

    @Test
    void anEventSourcingOfTheApplicationIsUsed() {
        EventStore own = new MemoryEventStore();
        runner.withBean(EventSourcing.class, () -> EventSourcing.of(own)).run(context -> {
            assertThat(context).hasSingleBean(EventSourcing.class);
            UUID fido = context.getBean(TrainingSchool.class).register("Fido");
            assertThat(own.readAll(ReadOptions.forwards()).toList())
                    .singleElement()
                    .satisfies(event -> assertThat(event.stream().value()).contains(fido.toString()));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class EventSourcingOnOurStore {
        @Bean
        EventSourcing mine(EventStore store) {
            return EventSourcing.builder(store)
                    .metadata(() -> Metadata.ofCorrelationId("mine"))
                    .build();
        }
    }

    @Test
    void itCanBeBuiltOnTheStoreThatWasChosen() {
        runner.withUserConfiguration(EventSourcingOnOurStore.class).run(context -> {
            RecordedEvent event = registration(context);
            assertThat(context.getBean(EventMapper.class).decodeMetadata(event))
                    .isEqualTo(Metadata.ofCorrelationId("mine"));
        });
    }

    @Test
    void anEventMapperOfTheApplicationIsUsed() {
        JacksonEventMapper own = new JacksonEventMapper();
        runner.withBean("mine", EventMapper.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(EventMapper.class);
            assertThat(context.getBean(EventMapper.class)).isSameAs(own);
        });
    }

    @Test
    void aClockOfTheApplicationSaysWhenEventsHappen() {
        runner.withBean(Clock.class, () -> Clock.fixed(LONG_AGO, ZoneOffset.ofHours(5)))
                .run(context -> {
                    assertThat(registration(context).timestamp()).isEqualTo(LONG_AGO);
                    UUID fido = context.getBean(TrainingSchool.class).register("Fido");
                    assertThat(context.getBean(TrainingSchool.class)
                                    .repository()
                                    .get(Dog.class, fido)
                                    .createdOn())
                            .isEqualTo(LONG_AGO);
                });
    }

    @Test
    void aSupplierSaysWhatIsStoredWithEachEvent() {
        runner.withBean(EventMetadataSupplier.class, () -> () -> Metadata.none().with("user", "ana"))
                .run(context -> assertThat(context.getBean(EventMapper.class).decodeMetadata(registration(context)))
                        .isEqualTo(Metadata.none().with("user", "ana")));
    }

    @Test
    void ofTwoSuppliersNoneIsSilentlyLeftOut() {
        runner.withBean("one", EventMetadataSupplier.class, () -> Metadata::none)
                .withBean("other", EventMetadataSupplier.class, () -> Metadata::none)
                .run(context ->
                        assertThat(context).getFailure().hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCustomizers {
        @Bean
        @Order(2)
        EventJsonCustomizer louder() {
            return builder -> builder.addModule(writing("second", "!"));
        }

        @Bean
        @Order(1)
        EventJsonCustomizer loud() {
            return builder -> builder.addModule(writing("first", "?"));
        }

        private static SimpleModule writing(String name, String mark) {
            return new SimpleModule(name).addSerializer(new StdSerializer<String>(String.class) {
                @Override
                public void serialize(String value, JsonGenerator json, SerializationContext context) {
                    json.writeString(value + mark);
                }
            });
        }
    }

    @Test
    void customizersChangeTheJsonInTheirOrder() {
        runner.withUserConfiguration(TwoCustomizers.class)
                .run(context -> assertThat(json(registration(context))).isEqualTo("{\"name\":\"Fido!\"}"));
    }

    @Test
    void jsonSettingsOfTheApplicationDontChangeWhatIsStored() {
        String[] stored = new String[1];
        runner.run(context -> stored[0] = json(registration(context)));
        runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withPropertyValues(
                        "spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
                        "spring.jackson.serialization.indent-output=true",
                        "spring.jackson.default-property-inclusion=non_null",
                        "spring.jackson.time-zone=Asia/Tokyo")
                .withUserConfiguration(WebModule.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(json(registration(context))).isEqualTo(stored[0]);
                });
        assertThat(stored[0]).isEqualTo("{\"name\":\"Fido\"}");
    }

    @Configuration(proxyBeanMethods = false)
    static class WebModule {
        @Bean
        SimpleModule webModule() {
            return TwoCustomizers.writing("web", " on the web");
        }
    }
}
