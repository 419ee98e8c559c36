package io.eventsourcing.spring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/** For {@code @ServiceConnection} on a container of EventStoreDB or KurrentDB. */
final class EventStoreDbContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, EventStoreDbConnectionDetails> {

    EventStoreDbContainerConnectionDetailsFactory() {
        super(
                List.of(EventStoreDbContainer.IMAGES),
                // looked up by name, since the module is optional
                "io.eventsourcing.eventstoredb.EventStoreDbEventStore");
    }

    @Override
    protected EventStoreDbConnectionDetails getContainerConnectionDetails(
            ContainerConnectionSource<Container<?>> source) {
        return new Details(source);
    }

    private static final class Details extends ContainerConnectionDetails<Container<?>>
            implements EventStoreDbConnectionDetails {

        Details(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public String getUri() {
            return server().uri();
        }

        @Override
        public @Nullable String getRootCertificates() {
            return server().rootCertificates();
        }

        private EventStoreDbContainer server() {
            Container<?> container = getContainer();
            return new EventStoreDbContainer(
                    container.getHost(),
                    container.getMappedPort(EventStoreDbContainer.PORT),
                    Map.copyOf(container.getEnvMap()),
                    getSslBundle());
        }
    }
}
