package io.eventsourcing.spring;

import io.eventsourcing.eventstoredb.EventStoreDbPersistenceModule;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/** The eventstoredb module: what properties say wins over what variables say. */
final class PropertiesEventStoreDbModule implements PersistenceModule {

    private final PersistenceModule module = new EventStoreDbPersistenceModule();
    private final EventStoreDbProperties properties;
    private final ObjectProvider<SslBundles> sslBundles;

    PropertiesEventStoreDbModule(EventStoreDbProperties properties, ObjectProvider<SslBundles> sslBundles) {
        this.properties = properties;
        this.sslBundles = sslBundles;
    }

    @Override
    public String name() {
        return module.name();
    }

    @Override
    public EventStore open(Settings settings) {
        try {
            return module.open(settings.overriddenBy(variables()));
        } catch (IllegalArgumentException e) {
            throw new EventStoreDbSettingsException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        put(variables, "EVENTSTOREDB_URI", properties.uri());
        put(variables, "EVENTSTOREDB_ROOT_CERTIFICATES", rootCertificates().orElse(null));
        put(variables, "EVENTSTOREDB_STREAM_PREFIX", properties.streamPrefix());
        put(variables, "EVENTSTOREDB_LAZY_START", properties.lazyStart() ? "true" : null);
        return variables;
    }

    private static void put(Map<String, String> variables, String name, @Nullable String value) {
        if (StringUtils.hasText(value)) {
            variables.put(name, value);
        }
    }

    private Optional<String> rootCertificates() {
        if (!StringUtils.hasText(properties.sslBundle())) {
            return Optional.ofNullable(properties.rootCertificates());
        }
        if (StringUtils.hasText(properties.rootCertificates())) {
            throw new EventStoreDbSettingsException(
                    "eventsourcing.eventstoredb.ssl-bundle and eventsourcing.eventstoredb.root-certificates are both set",
                    null);
        }
        return Optional.of(TrustedCertificates.asPem(
                sslBundles.getObject().getBundle(properties.sslBundle()), properties.sslBundle()));
    }
}
