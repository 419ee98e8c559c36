package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.AggregateConflictException;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.Instrumentation;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.Projection;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.ReadOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Saves and loads, as timers and traces show them. */
class ObservationTest {

    /** Does what the handler of a tracing library does. */
    static class Tracing {

        @Bean
        ObservationHandler<SenderContext<Object>> tracing() {
            return new ObservationHandler<>() {
                @Override
                public void onStart(SenderContext<Object> context) {
                    context.getSetter().set(context.getCarrier(), "traceparent", "00-trace-span-01");
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return context instanceof SenderContext<?>;
                }
            };
        }
    }

    static class Own {
        @Bean
        Instrumentation own() {
            return Instrumentation.NONE;
        }
    }

    private static Program program(Class<?>... configurations) {
        return Program.whole(configurations).property("eventsourcing.persistence-module=jdbc");
    }

    private static long count(MeterRegistry registry, String timer, String tag, String value) {
        return registry.get(timer).tag(tag, value).timer().count();
    }

    @Test
    void savesAndLoadsAreTimed() {
        try (ConfigurableApplicationContext context =
                program(TrainingSchool.class).start()) {
            TrainingSchool school = context.getBean(TrainingSchool.class);
            UUID fido = school.register("Fido");
            school.addTrick(fido, "sit");
            EventSourcing eventSourcing = context.getBean(EventSourcing.class);
            Dog late = eventSourcing.repository().get(Dog.class, fido);
            school.addTrick(fido, "roll over");
            late.addTrick("bark");
            assertThatThrownBy(() -> eventSourcing.save(late)).isInstanceOf(AggregateConflictException.class);

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(count(registry, "eventsourcing.save", "error", "none")).isEqualTo(3);
            assertThat(count(registry, "eventsourcing.save", "error", "AggregateConflictException"))
                    .isEqualTo(1);
            assertThat(count(registry, "eventsourcing.load", "aggregate", "Dog"))
                    .isEqualTo(3);
        }
    }

    @Test
    void theTraceOfASaveGoesWithItsEvents() {
        try (ConfigurableApplicationContext context = program(Tracing.class).start()) {
            EventSourcing eventSourcing = context.getBean(EventSourcing.class);
            eventSourcing.save(new Dog("Fido"));
            assertThat(eventSourcing.store().readAll(ReadOptions.forwards()).stream()
                            .map(event -> new String(event.metadata(), StandardCharsets.UTF_8)))
                    .containsExactly("{\"traceparent\":\"00-trace-span-01\"}");
        }
    }

    @Projection("dogs")
    static class Dogs {

        private final List<String> traces = new CopyOnWriteArrayList<>();

        @Bean
        ObservationHandler<ReceiverContext<Object>> receiving() {
            return new ObservationHandler<>() {
                @Override
                public void onStart(ReceiverContext<Object> context) {
                    traces.add(context.getGetter().get(context.getCarrier(), "traceparent"));
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return context instanceof ReceiverContext<?>;
                }
            };
        }

        @EventHandler("Dog.Registered")
        void registered(String name) {
            if (name.equals("Rex")) {
                throw new IllegalStateException("Rex isn't welcome");
            }
        }
    }

    @Test
    void projectionsGoOnWithTheTrace() {
        try (ConfigurableApplicationContext context = program(Tracing.class, Dogs.class)
                .property("eventsourcing.projections.retries=0")
                .start()) {
            EventSourcing eventSourcing = context.getBean(EventSourcing.class);
            eventSourcing.save(new Dog("Fido"));
            long last = eventSourcing.save(new Dog("Rex")).commitPosition();
            assertThat(context.getBean(Projections.class).await("dogs", last, Duration.ofMinutes(1)))
                    .isTrue();
            assertThat(context.getBean(Dogs.class).traces).isNotEmpty().containsOnly("00-trace-span-01");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(count(registry, "eventsourcing.handle", "error", "none")).isPositive();
            assertThat(count(registry, "eventsourcing.handle", "error", "IllegalStateException"))
                    .isPositive();
        }
    }

    @Test
    void instrumentationOfTheApplicationIsUsed() {
        try (ConfigurableApplicationContext context =
                program(TrainingSchool.class, Own.class).start()) {
            context.getBean(TrainingSchool.class).register("Fido");
            assertThat(context.getBeansOfType(Instrumentation.class)).isEqualTo(Map.of("own", Instrumentation.NONE));
            assertThat(context.getBean(MeterRegistry.class)
                            .find("eventsourcing.save")
                            .timer())
                    .isNull();
        }
    }
}
