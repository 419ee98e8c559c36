package io.eventsourcing.spring;

import io.eventsourcing.eventstoredb.EventStoreDbPersistenceModule;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The eventstoredb module: what properties and connection details say wins over what variables say. */
final class PropertiesEventStoreDbModule implements PersistenceModule {

    private static final String ROOT_CERTIFICATES = "EVENTSTOREDB_ROOT_CERTIFICATES";

    private final PersistenceModule module = new EventStoreDbPersistenceModule();
    private final EventStoreDbProperties properties;
    private final EventStoreDbConnectionDetails connection;

    PropertiesEventStoreDbModule(EventStoreDbProperties properties, EventStoreDbConnectionDetails connection) {
        this.properties = properties;
        this.connection = connection;
    }

    @Override
    public String name() {
        return module.name();
    }

    @Override
    public EventStore open(Settings settings) {
        try {
            return module.open(withoutCertificates(settings).overriddenBy(variables()));
        } catch (IllegalArgumentException e) {
            throw new EventStoreDbSettingsException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Those of another server than the one that the connection details lead to. */
    private static Settings withoutCertificates(Settings settings) {
        return Settings.of(name ->
                name.equals(ROOT_CERTIFICATES) ? null : settings.find(name).orElse(null));
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        put(variables, "EVENTSTOREDB_URI", connection.getUri());
        put(variables, ROOT_CERTIFICATES, connection.getRootCertificates());
        put(variables, "EVENTSTOREDB_STREAM_PREFIX", properties.streamPrefix());
        put(variables, "EVENTSTOREDB_LAZY_START", properties.lazyStart() ? "true" : null);
        return variables;
    }

    private static void put(Map<String, String> variables, String name, @Nullable String value) {
        if (StringUtils.hasText(value)) {
            variables.put(name, value);
        }
    }
}
