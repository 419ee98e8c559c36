package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import java.util.Locale;

/**
 * The module named {@code eventstoredb}. Settings: {@code EVENTSTOREDB_URI}, such as {@code
 * esdb://user:password@localhost:2113}; {@code EVENTSTOREDB_ROOT_CERTIFICATES}, as PEM text (those of Java if there are
 * none); {@code EVENTSTOREDB_LAZY_START} ({@code true}: the server need not run yet; {@code false} if there is none); {@code
 * EVENTSTOREDB_STREAM_PREFIX} (nothing if there is none).
 */
public final class EventStoreDbPersistenceModule implements PersistenceModule {

    /** The name of this module. */
    public static final String NAME = "eventstoredb";

    private static final String URI = "EVENTSTOREDB_URI";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventStore open(Settings settings) {
        String uri = settings.find(URI)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Set EVENTSTOREDB_URI to the address of the server, such as esdb://localhost:2113?tls=false"));
        EventStoreDbEventStore.Builder builder =
                EventStoreDbEventStore.builder(uri).lazyStart(isLazy(settings));
        settings.find("EVENTSTOREDB_ROOT_CERTIFICATES").ifPresent(builder::rootCertificates);
        settings.find("EVENTSTOREDB_STREAM_PREFIX").ifPresent(builder::streamPrefix);
        try {
            return builder.open();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "EVENTSTOREDB_URI, EVENTSTOREDB_ROOT_CERTIFICATES or EVENTSTOREDB_STREAM_PREFIX is wrong: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isLazy(Settings settings) {
        String value = settings.find("EVENTSTOREDB_LAZY_START").orElse("false").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException("EVENTSTOREDB_LAZY_START is true or false, not '" + value + "'");
        };
    }
}
