package io.eventsourcing.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about the eventstoredb module. Apart from the rest, which has to work where this module is not on the
 * class path.
 *
 * @param uri Address of the server or cluster, such as esdb://user:password@localhost:2113. EVENTSTOREDB_URI is a synonym.
 * @param rootCertificates Certificates of the authorities that sign the server's certificate, as PEM text. By default,
 *     those of Java. EVENTSTOREDB_ROOT_CERTIFICATES is a synonym.
 * @param sslBundle Name of the SSL bundle whose trust store holds those certificates.
 * @param lazyStart Whether to start although the server doesn't run yet.
 * @param streamPrefix What stands before the name of each stream on the server, so that several applications can share
 *     one.
 */
@ConfigurationProperties("eventsourcing.eventstoredb")
record EventStoreDbProperties(
        @Nullable String uri,
        @Nullable String rootCertificates,
        @Nullable String sslBundle,
        @DefaultValue("false") boolean lazyStart,
        @Nullable String streamPrefix) {

    /** The credentials in the address are nobody's business. */
    @Override
    public String toString() {
        return "EventStoreDbProperties";
    }
}
