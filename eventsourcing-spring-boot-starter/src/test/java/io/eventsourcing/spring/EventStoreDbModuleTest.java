package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The module that is optional, chosen by properties and by variables. */
class EventStoreDbModuleTest {

    private static final String CHOSEN = "eventsourcing.persistence-module=eventstoredb";
    private static final String URI = "eventsourcing.eventstoredb.uri=";
    private static final String SECRET = "hunter2";

    @BeforeEach
    @AfterEach
    void forget() {
        LastFailure.forget();
    }

    private static Program program() {
        return Program.narrow(TrainingSchool.class, SslAutoConfiguration.class);
    }

    /** Of this program's context, and of another one's behind it. */
    private static void assertKeepsDogs(Program program, String description) {
        UUID id;
        try (ConfigurableApplicationContext context = program.start()) {
            assertThat(context.getBean(EventStore.class).description()).startsWith(description);
            TrainingSchool school = context.getBean(TrainingSchool.class);
            id = school.register("Fido");
            school.addTrick(id, "roll over");
        }
        try (ConfigurableApplicationContext context = program.start()) {
            assertThat(context.getBean(TrainingSchool.class).tricks(id)).containsExactly("roll over");
        }
    }

    @Test
    void propertiesSayWhereTheServerIs() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertKeepsDogs(program().property(CHOSEN).property(URI + server.connectionString()), "eventstoredb");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventstoredb", "eventsourcing_eventstoredb"})
    void variablesSayItAsWell(String module) {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertKeepsDogs(
                    program()
                            .variable("PERSISTENCE_MODULE=" + module)
                            .variable("EVENTSTOREDB_URI=" + server.connectionString()),
                    "eventstoredb");
        }
    }

    @Test
    void propertyWinsOverTheVariable() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertKeepsDogs(
                    program()
                            .property(CHOSEN)
                            .variable("EVENTSTOREDB_URI=esdb://127.0.0.1:1?tls=false")
                            .property(URI + server.connectionString()),
                    "eventstoredb");
        }
    }

    @Test
    void certificatesComeAsTextOrFromABundle() {
        try (EventStoreDbServer server = EventStoreDbServer.builder()
                .tls(true)
                .credentials("admin", SECRET)
                .start()) {
            Program tls = program().property(CHOSEN).property(URI + server.connectionString());
            String pem = server.rootCertificates();
            assertKeepsDogs(tls.variable("EVENTSTOREDB_ROOT_CERTIFICATES=" + pem), "eventstoredb");
        }
        try (EventStoreDbServer server = EventStoreDbServer.builder()
                .tls(true)
                .credentials("admin", SECRET)
                .start()) {
            assertKeepsDogs(
                    program()
                            .property(CHOSEN)
                            .property(URI + server.connectionString())
                            .property("eventsourcing.eventstoredb.ssl-bundle=kurrent")
                            .variable("SPRING_SSL_BUNDLE_PEM_KURRENT_TRUSTSTORE_CERTIFICATE="
                                    + server.rootCertificates()),
                    "eventstoredb");
        }
    }

    @Test
    void prefixKeepsApplicationsApart() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            Program one = program().property(CHOSEN).property(URI + server.connectionString());
            assertKeepsDogs(one.property("eventsourcing.eventstoredb.stream-prefix=one."), "eventstoredb");
            try (ConfigurableApplicationContext other = program()
                    .property(CHOSEN)
                    .property(URI + server.connectionString())
                    .property("eventsourcing.eventstoredb.stream-prefix=two.")
                    .start()) {
                assertThat(other.getBean(EventStore.class)
                                .readAll(ReadOptions.forwards())
                                .toList())
                        .isEmpty();
            }
        }
    }

    private static FailureAnalysis failureOf(Program program) {
        assertThatThrownBy(program::start).isInstanceOf(RuntimeException.class);
        FailureAnalysis failure = LastFailure.take();
        assertThat(failure.getDescription() + failure.getAction())
                .doesNotContain(SECRET)
                .doesNotContain("null");
        return failure;
    }

    @Test
    void missingAddressIsNamed() {
        FailureAnalysis failure = failureOf(program().property(CHOSEN));
        assertThat(failure.getDescription()).contains("EVENTSTOREDB_URI");
        assertThat(failure.getAction()).contains("eventsourcing.eventstoredb.uri");
    }

    @Test
    void wrongAddressIsNamedWithoutItsPassword() {
        FailureAnalysis failure =
                failureOf(program().property(CHOSEN).property(URI + "http://admin:" + SECRET + "@localhost:2113"));
        assertThat(failure.getDescription()).contains("EVENTSTOREDB_URI").contains("esdb");
        assertThat(failure.getAction()).contains("eventsourcing.eventstoredb.uri");
    }

    @Test
    void serverThatDoesNotRunIsNamedUnlessItMayComeLater() throws IOException {
        Program program = program()
                .property(CHOSEN)
                .property(URI + "esdb://admin:" + SECRET + "@127.0.0.1:" + freePort() + "?tls=false");
        FailureAnalysis failure = failureOf(program);
        assertThat(failure.getAction())
                .contains("eventsourcing.eventstoredb.uri")
                .contains("eventsourcing.eventstoredb.lazy-start=true");
        program.property("eventsourcing.eventstoredb.lazy-start=true").start().close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void unknownModuleIsToldOfThisOneToo() {
        FailureAnalysis failure = failureOf(program().property("eventsourcing.persistence-module=papyrus"));
        assertThat(failure.getAction()).contains("eventstoredb, jdbc, memory");
    }

    @Test
    void serverThatGoesAwayIsDownInTheHealth() {
        try (EventStoreDbServer server = EventStoreDbServer.start();
                ConfigurableApplicationContext context = program()
                        .property(CHOSEN)
                        .property(URI + server.connectionString())
                        .start()) {
            EventStoreHealthIndicator health = context.getBean(EventStoreHealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            server.stop();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            server.startAgain();
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }
}
