package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators see of appends. */
class JdbcMetricsTest {

    private static double value(MeterRegistry registry, String name) {
        return registry.get("eventsourcing.jdbc.append." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Test
    void appendsAreCounted() {
        try (ConfigurableApplicationContext context =
                Program.whole(TrainingSchool.class).start()) {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(value(registry, "count")).isZero();
            context.getBean(TrainingSchool.class).register("Fido");
            context.getBean(TrainingSchool.class).register("Rex");
            assertThat(value(registry, "count")).isEqualTo(2);
            assertThat(value(registry, "batches")).isEqualTo(2);
            assertThat(value(registry, "waiting")).isZero();
        }
    }

    @Test
    void storeElsewhereHasNothingToCount() {
        try (ConfigurableApplicationContext context = Program.whole()
                .property("eventsourcing.persistence-module=memory")
                .start()) {
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .isNotEmpty()
                    .extracting(Meter::getId)
                    .noneMatch(id -> id.getName().startsWith("eventsourcing.jdbc"));
        }
    }
}
