package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.grpc.Status;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators see of the connection to the server. */
class EventStoreDbMetricsTest {

    private static double value(MeterRegistry registry, String name) {
        return registry.get("eventsourcing.eventstoredb." + name)
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    @Test
    void connectionIsMeasured() {
        try (EventStoreDbServer server = EventStoreDbServer.start();
                ConfigurableApplicationContext context = Program.whole(TrainingSchool.class)
                        .property("eventsourcing.persistence-module=eventstoredb")
                        .property("eventsourcing.eventstoredb.uri=" + server.connectionString())
                        .start()) {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            TrainingSchool school = context.getBean(TrainingSchool.class);
            UUID fido = school.register("Fido");
            assertThat(value(registry, "connected")).isEqualTo(1);
            assertThat(value(registry, "reconnections")).isZero();
            assertThat(value(registry, "retries")).isZero();
            server.faults().failReads(2, Status.Code.UNAVAILABLE);
            assertThat(school.tricks(fido)).isEmpty();
            assertThat(value(registry, "retries")).isEqualTo(2);
            assertThat(value(registry, "reconnections")).isEqualTo(2);
            server.stop();
            assertThat(context.getBean(EventStoreHealthIndicator.class)
                            .health()
                            .getStatus()
                            .getCode())
                    .isEqualTo("DOWN");
            assertThat(value(registry, "connected")).isZero();
        }
    }

    @Test
    void storeElsewhereHasNoConnectionToMeasure() {
        try (ConfigurableApplicationContext context = Program.whole()
                .property("eventsourcing.persistence-module=memory")
                .start()) {
            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .isNotEmpty()
                    .extracting(Meter::getId)
                    .noneMatch(id -> id.getName().startsWith("eventsourcing.eventstoredb"));
        }
    }
}
