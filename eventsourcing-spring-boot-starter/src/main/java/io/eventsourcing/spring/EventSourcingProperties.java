package io.eventsourcing.spring;

import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.store.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * What can be set about event sourcing.
 *
 * @param persistenceModule Name of the module that keeps the events, such as jdbc or memory. PERSISTENCE_MODULE is a
 *     synonym. Needed only when several modules besides memory are on the class path.
 * @param cipherKey Key that payloads are encrypted with: 256 bits in Base64. Behind it, separated by commas, those that
 *     encrypted older events. CIPHER_KEY is a synonym.
 * @param compressor Name of the method by which payloads are compressed. COMPRESSOR is a synonym.
 */
@ConfigurationProperties("eventsourcing")
record EventSourcingProperties(
        @Nullable String persistenceModule,
        @Nullable String cipherKey,
        @Nullable String compressor) {

    /** Adds what is set here under the names that a program without Spring knows. */
    Settings over(Settings settings) {
        Map<String, String> values = new HashMap<>();
        if (StringUtils.hasText(cipherKey)) {
            values.put(CipherKeys.SETTING, cipherKey);
        }
        if (StringUtils.hasText(compressor)) {
            values.put(Compression.SETTING, compressor);
        }
        return settings.overriddenBy(values);
    }

    /** The key is nobody's business. */
    @Override
    public String toString() {
        return "EventSourcingProperties[persistenceModule=" + persistenceModule + ", compressor=" + compressor + "]";
    }
}
