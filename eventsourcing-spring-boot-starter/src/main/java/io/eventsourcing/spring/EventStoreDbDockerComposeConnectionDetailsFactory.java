package io.eventsourcing.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/** For a service of compose.yaml that runs EventStoreDB or KurrentDB. */
final class EventStoreDbDockerComposeConnectionDetailsFactory
        extends DockerComposeConnectionDetailsFactory<EventStoreDbConnectionDetails> {

    EventStoreDbDockerComposeConnectionDetailsFactory() {
        // looked up by name, since the module is optional
        super(EventStoreDbContainer.IMAGES, "io.eventsourcing.eventstoredb.EventStoreDbEventStore");
    }

    @Override
    protected EventStoreDbConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new Details(source.getRunningService());
    }

    private static final class Details extends DockerComposeConnectionDetails implements EventStoreDbConnectionDetails {

        private final EventStoreDbContainer server;

        Details(RunningService service) {
            super(service);
            this.server = new EventStoreDbContainer(
                    service.host(),
                    service.ports().get(EventStoreDbContainer.PORT),
                    service.env(),
                    getSslBundle(service));
        }

        @Override
        public String getUri() {
            return server.uri();
        }

        @Override
        public @Nullable String getRootCertificates() {
            return server.rootCertificates();
        }
    }
}
