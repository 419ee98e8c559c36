package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.spring.fixtures.ServerAsContainer;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.PemTrustStore;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

/** A container that carries {@code @ServiceConnection} needs no property that says where it is. */
class EventStoreDbServiceConnectionTest {

    private static final String CHOSEN = "eventsourcing.persistence-module=eventstoredb";
    private static final String NOWHERE = "eventsourcing.eventstoredb.uri=esdb://127.0.0.1:1?tls=false";

    private static void assertKeepsDogsOn(EventStoreDbServer server, EventStore store, TrainingSchool school) {
        assertThat(store.description()).isEqualTo("eventstoredb (127.0.0.1:" + server.port() + ")");
        UUID fido = school.register("Fido");
        assertThat(school.tricks(fido)).isEmpty();
    }

    /** A test of a user's, with the container as a field of it. */
    @SpringBootTest(
            classes = {Program.Narrow.class, TrainingSchool.class},
            properties = {
                CHOSEN,
                NOWHERE,
                "EVENTSTOREDB_ROOT_CERTIFICATES=those of another server",
                "spring.datasource.url=jdbc:h2:mem:service-connection"
            })
    @DirtiesContext
    abstract static class UsersTest {

        @Autowired
        private EventStore store;

        @Autowired
        private TrainingSchool school;

        abstract EventStoreDbServer server();

        @Test
        void eventsAreKeptInTheContainer() {
            assertKeepsDogsOn(server(), store, school);
        }
    }

    @Nested
    class Kurrent extends UsersTest {

        static final EventStoreDbServer SERVER = EventStoreDbServer.start();

        @ServiceConnection
        static final ServerAsContainer CONTAINER = new ServerAsContainer("kurrentplatform/kurrentdb:26.0", SERVER);

        @Override
        EventStoreDbServer server() {
            return SERVER;
        }
    }

    @Nested
    class EventStoreImage extends UsersTest {

        static final EventStoreDbServer SERVER = EventStoreDbServer.start();

        @ServiceConnection
        static final ServerAsContainer CONTAINER = new ServerAsContainer("eventstore/eventstore:24.10", SERVER);

        @Override
        EventStoreDbServer server() {
            return SERVER;
        }
    }

    @Nested
    class Secure extends UsersTest {

        static final EventStoreDbServer SERVER = EventStoreDbServer.builder()
                .tls(true)
                .credentials("admin", "pass word")
                .start();

        static {
            write(Path.of("target", "service-connection-ca.pem"), SERVER.rootCertificates());
        }

        @ServiceConnection
        @PemTrustStore(certificate = "file:target/service-connection-ca.pem")
        static final ServerAsContainer CONTAINER = new ServerAsContainer("kurrentplatform/kurrentdb:26.0", SERVER)
                .withEnv("KURRENTDB_DEFAULT_ADMIN_PASSWORD", "pass word");

        @Override
        EventStoreDbServer server() {
            return SERVER;
        }

        private static void write(Path file, String text) {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ContainerAsBean {

        @Bean
        EventStoreDbServer server() {
            return EventStoreDbServer.start();
        }

        @Bean
        @ServiceConnection(name = "kurrentplatform/kurrentdb")
        ServerAsContainer container(EventStoreDbServer server) {
            return new ServerAsContainer("registry.example/own-kurrentdb:1", server);
        }
    }

    @Test
    void containerOfAnotherNameSaysWhatItIs() {
        try (ConfigurableApplicationContext context = Program.whole(ContainerAsBean.class, TrainingSchool.class)
                .property(CHOSEN)
                .property(NOWHERE)
                .start()) {
            assertKeepsDogsOn(
                    context.getBean(EventStoreDbServer.class),
                    context.getBean(EventStore.class),
                    context.getBean(TrainingSchool.class));
        }
    }
}
