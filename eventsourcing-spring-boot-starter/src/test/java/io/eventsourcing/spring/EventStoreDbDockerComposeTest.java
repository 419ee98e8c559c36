package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;

/** A service of compose.yaml needs no property that says where it is. What Docker says of it is said by the test. */
class EventStoreDbDockerComposeTest {

    private static final String CHOSEN = "eventsourcing.persistence-module=eventstoredb";

    /** A service whose port leads to a server in this process. */
    private record Service(
            String imageName, EventStoreDbServer server, Map<String, @Nullable String> env, Map<String, String> labels)
            implements RunningService {

        @Override
        public String name() {
            return "events";
        }

        @Override
        public ImageReference image() {
            return ImageReference.of(imageName);
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public ConnectionPorts ports() {
            return new Ports(Map.of(2113, server.port()));
        }

        @Override
        public Map<String, @Nullable String> env() {
            return env;
        }
    }

    private record Ports(Map<Integer, Integer> mapped) implements ConnectionPorts {

        @Override
        public int get(int containerPort) {
            Integer port = mapped.get(containerPort);
            if (port == null) {
                throw new IllegalStateException("Port " + containerPort + " isn't mapped");
            }
            return port;
        }

        @Override
        public List<Integer> getAll() {
            return List.copyOf(mapped.values());
        }

        @Override
        public List<Integer> getAll(@Nullable String protocol) {
            return getAll();
        }
    }

    /** Says what Spring Boot says when the services are up. */
    private static ConfigurableApplicationContext start(Service service) {
        SpringApplication application = Program.narrow(TrainingSchool.class)
                .property(CHOSEN)
                .property("eventsourcing.eventstoredb.uri=esdb://127.0.0.1:1?tls=false")
                .application();
        application.addInitializers(context -> {
            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
            application.getListeners().forEach(multicaster::addApplicationListener);
            multicaster.multicastEvent(ready(context, service));
        });
        return application.run();
    }

    /** Only Spring Boot makes these, when it has asked Docker. */
    private static DockerComposeServicesReadyEvent ready(ApplicationContext context, RunningService service) {
        try {
            Constructor<DockerComposeServicesReadyEvent> constructor =
                    DockerComposeServicesReadyEvent.class.getDeclaredConstructor(ApplicationContext.class, List.class);
            return BeanUtils.instantiateClass(constructor, context, List.of(service));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertKeepsDogs(Service service) {
        try (ConfigurableApplicationContext context = start(service)) {
            TrainingSchool school = context.getBean(TrainingSchool.class);
            assertThat(context.getBean(EventStore.class).description())
                    .isEqualTo("eventstoredb (127.0.0.1:" + service.server().port() + ")");
            assertThat(school.tricks(school.register("Fido"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kurrentplatform/kurrentdb:26.0",
                "docker.io/eventstore/eventstore:24.10",
                "eventstore/eventstore"
            })
    void eventsAreKeptInTheService(String image) {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertKeepsDogs(new Service(image, server, Map.of(), Map.of()));
        }
    }

    @Test
    void serviceOfAnotherImageSaysWhatItIs() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertKeepsDogs(new Service(
                    "registry.example/own-kurrentdb:1",
                    server,
                    Map.of(),
                    Map.of("org.springframework.boot.service-connection", "kurrentplatform/kurrentdb")));
        }
    }

    @Test
    void serviceWithTlsHasAnAdministrator(@TempDir Path folder) throws IOException {
        try (EventStoreDbServer server = EventStoreDbServer.builder()
                .tls(true)
                .credentials("admin", "a+b c")
                .start()) {
            Path authority = Files.writeString(folder.resolve("ca.pem"), server.rootCertificates());
            assertKeepsDogs(new Service(
                    "eventstore/eventstore:24.10",
                    server,
                    Map.of("EVENTSTORE_DEFAULT_ADMIN_PASSWORD", "a+b c"),
                    Map.of("org.springframework.boot.sslbundle.pem.truststore.certificate", "file:" + authority)));
        }
    }
}
