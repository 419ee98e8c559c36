package io.eventsourcing.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** What properties say, and where they say nothing, the variables that programs without Spring read. */
final class PropertiesEventStoreDbConnectionDetails implements EventStoreDbConnectionDetails {

    private final EventStoreDbProperties properties;
    private final Environment environment;
    private final ObjectProvider<SslBundles> sslBundles;

    PropertiesEventStoreDbConnectionDetails(
            EventStoreDbProperties properties, Environment environment, ObjectProvider<SslBundles> sslBundles) {
        this.properties = properties;
        this.environment = environment;
        this.sslBundles = sslBundles;
    }

    @Override
    public String getUri() {
        String uri = given(properties.uri(), "EVENTSTOREDB_URI");
        if (uri == null) {
            throw new EventStoreDbSettingsException(
                    "Neither eventsourcing.eventstoredb.uri nor EVENTSTOREDB_URI says where the server is, such as"
                            + " esdb://localhost:2113?tls=false",
                    null);
        }
        return uri;
    }

    @Override
    public @Nullable String getRootCertificates() {
        String bundle = properties.sslBundle();
        if (!StringUtils.hasText(bundle)) {
            return given(properties.rootCertificates(), "EVENTSTOREDB_ROOT_CERTIFICATES");
        }
        if (StringUtils.hasText(properties.rootCertificates())) {
            throw new EventStoreDbSettingsException(
                    "eventsourcing.eventstoredb.ssl-bundle and eventsourcing.eventstoredb.root-certificates are both set",
                    null);
        }
        return TrustedCertificates.asPem(sslBundles.getObject().getBundle(bundle), "SSL bundle '" + bundle + "'");
    }

    private @Nullable String given(@Nullable String property, String variable) {
        String value = StringUtils.hasText(property) ? property : environment.getProperty(variable);
        return StringUtils.hasText(value) ? value : null;
    }
}
