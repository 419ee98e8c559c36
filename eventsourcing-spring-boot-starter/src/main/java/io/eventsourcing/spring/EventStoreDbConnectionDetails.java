package io.eventsourcing.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the server of the eventstoredb module is. A bean of this type takes the place of what properties and environment
 * variables say about it: Testcontainers and Docker Compose bring one.
 */
public interface EventStoreDbConnectionDetails extends ConnectionDetails {

    /** Address of the server or cluster, such as {@code esdb://user:password@localhost:2113}. */
    String getUri();

    /** Certificates of the authorities that sign the server's, as PEM text; null for those of Java. */
    default @Nullable String getRootCertificates() {
        return null;
    }
}
