package io.eventsourcing.spring;

import io.eventsourcing.integrity.IntegrityKeys;
import io.eventsourcing.store.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * What can be set about the integrity of events.
 *
 * @param enabled Whether to seal events, so that it shows when they are changed afterwards.
 * @param sealContinuously Whether to seal events as they come. Else whoever calls Integrity.seal() does it.
 * @param signingKey Private Ed25519 key that seals are signed with, as PEM text. INTEGRITY_SIGNING_KEY is a synonym.
 * @param verificationKeys Public Ed25519 keys that signatures are verified with, as PEM text: that of the signing key, and
 *     those of older ones. INTEGRITY_VERIFICATION_KEYS is a synonym.
 */
@ConfigurationProperties("eventsourcing.integrity")
record IntegrityProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("true") boolean sealContinuously,
        @Nullable String signingKey,
        @Nullable String verificationKeys) {

    /** Adds what is set here under the names that a program without Spring knows. */
    Settings over(Settings settings) {
        Map<String, String> values = new HashMap<>();
        if (StringUtils.hasText(signingKey)) {
            values.put(IntegrityKeys.SIGNING_KEY, signingKey);
        }
        if (StringUtils.hasText(verificationKeys)) {
            values.put(IntegrityKeys.VERIFICATION_KEYS, verificationKeys);
        }
        return settings.overriddenBy(values);
    }

    /** The key is nobody's business. */
    @Override
    public String toString() {
        return "IntegrityProperties[enabled=" + enabled + ", sealContinuously=" + sealContinuously + "]";
    }
}
