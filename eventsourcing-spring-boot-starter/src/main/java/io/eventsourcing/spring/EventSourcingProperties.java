package io.eventsourcing.spring;

import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.snapshot.SnapshotSettings;
import io.eventsourcing.store.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * What can be set about event sourcing.
 *
 * @param persistenceModule Name of the module that keeps the events, such as jdbc or memory. PERSISTENCE_MODULE is a
 *     synonym. Needed only when several modules besides memory are on the class path.
 * @param cipherKey Key that payloads are encrypted with: 256 bits in Base64. Behind it, separated by commas, those that
 *     encrypted older events. CIPHER_KEY is a synonym.
 * @param compressor Name of the method by which payloads are compressed. COMPRESSOR is a synonym.
 * @param snapshots About snapshots of aggregates.
 * @param repository About repositories.
 */
@ConfigurationProperties("eventsourcing")
record EventSourcingProperties(
        @Nullable String persistenceModule,
        @Nullable String cipherKey,
        @Nullable String compressor,
        @DefaultValue Snapshots snapshots,
        @DefaultValue Repository repository) {

    /**
     * About snapshots of aggregates.
     *
     * @param enabled Whether aggregates are made from snapshots. By default, if it is said when snapshots are taken.
     * @param every Number of events of an aggregate after which a snapshot of it is taken.
     * @param after Time after which a snapshot of an aggregate is taken, when it is saved.
     * @param kept Number of snapshots that are kept of each aggregate, 2 by default.
     */
    record Snapshots(
            @Nullable Boolean enabled,
            @Nullable Long every,
            @Nullable Duration after,
            @Nullable Integer kept) {

        private void addTo(Map<String, String> values) {
            put(values, SnapshotSettings.ENABLED, enabled);
            put(values, SnapshotSettings.EVERY, every);
            put(values, SnapshotSettings.AFTER, after);
            put(values, SnapshotSettings.KEPT, kept);
        }
    }

    /**
     * About repositories.
     *
     * @param cacheSize Number of aggregates whose state is kept in memory. None by default.
     */
    record Repository(@Nullable Integer cacheSize) {}

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }

    /** Adds what is set here under the names that a program without Spring knows. */
    Settings over(Settings settings) {
        Map<String, String> values = new HashMap<>();
        if (StringUtils.hasText(cipherKey)) {
            values.put(CipherKeys.SETTING, cipherKey);
        }
        if (StringUtils.hasText(compressor)) {
            values.put(Compression.SETTING, compressor);
        }
        snapshots.addTo(values);
        put(values, SnapshotSettings.CACHE_SIZE, repository.cacheSize());
        return settings.overriddenBy(values);
    }

    /** The key is nobody's business. */
    @Override
    public String toString() {
        return "EventSourcingProperties[persistenceModule=" + persistenceModule + ", compressor=" + compressor
                + ", snapshots=" + snapshots + ", repository=" + repository + "]";
    }
}
