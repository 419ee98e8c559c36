package io.eventsourcing.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.store.SealSignature;
import io.eventsourcing.store.Settings;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntegrityKeysTest {

    private static final String HASH = Digests.of("event");

    /** The first test vector of RFC 8032, whose key id everybody can compute. */
    private static final String KNOWN_PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    private static final String KNOWN_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """;

    private final KeyPair pair = Keys.pair();
    private final IntegrityKeys keys = Keys.signing(pair);

    @Test
    void signatureIsVerifiedWithThePublicKeyAlone() {
        SealSignature signature = keys.sign(HASH).orElseThrow();
        IntegrityKeys verifying = IntegrityKeys.verifying(Keys.publicPem(pair));

        assertThat(verifying.isRight(HASH, signature)).isTrue();
        assertThat(verifying.isRight(Digests.of("other"), signature)).isFalse();
        assertThat(verifying.sign(HASH)).isEmpty();
        assertThat(signature.value()).matches("[0-9a-f]{128}");
    }

    @Test
    void idIsAPartOfThePublicKeysDigest() {
        assertThat(IntegrityKeys.signing(KNOWN_PRIVATE, KNOWN_PUBLIC).ids())
                .containsExactly("21fe31dfa154a261626bf854046fd227");
    }

    @Test
    void whateverIsntASignatureIsWrong() {
        SealSignature right = keys.sign(HASH).orElseThrow();
        for (String value : List.of("", "x", "00", right.value() + "00", "0".repeat(128), "f".repeat(128))) {
            assertThat(keys.isRight(HASH, new SealSignature(right.keyId(), value)))
                    .as(value)
                    .isFalse();
        }
        assertThat(keys.isRight(HASH, new SealSignature("0".repeat(32), right.value())))
                .isFalse();
    }

    @Test
    void newKeySignsAndOldOnesVerify() {
        KeyPair newer = Keys.pair();
        SealSignature old = keys.sign(HASH).orElseThrow();
        IntegrityKeys rotated =
                IntegrityKeys.signing(Keys.privatePem(newer), Keys.publicPem(newer) + Keys.publicPem(pair));

        assertThat(rotated.ids()).hasSize(2);
        assertThat(rotated.sign(HASH).orElseThrow().keyId()).isNotEqualTo(old.keyId());
        assertThat(rotated.isRight(HASH, old)).isTrue();
        assertThat(rotated.isRight(HASH, rotated.sign(HASH).orElseThrow())).isTrue();
    }

    @Test
    void keysComeFromSettings() {
        Settings both = Settings.of(Map.of(
                "INTEGRITY_SIGNING_KEY", KNOWN_PRIVATE.replace("\n", " "),
                "INTEGRITY_VERIFICATION_KEYS", KNOWN_PUBLIC.replace("\n", "")));
        assertThat(IntegrityKeys.of(both).sign(HASH)).isPresent();
        assertThat(IntegrityKeys.of(Settings.of(Map.of("INTEGRITY_VERIFICATION_KEYS", KNOWN_PUBLIC)))
                        .sign(HASH))
                .isEmpty();
        assertThat(IntegrityKeys.of(Settings.none()).isEmpty()).isTrue();
    }

    @Test
    void privateKeyNeedsItsPublicOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntegrityKeys.signing(Keys.privatePem(pair), KNOWN_PUBLIC))
                .withMessageContainingAll("INTEGRITY_VERIFICATION_KEYS", "21fe31df", "openssl pkey -pubout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntegrityKeys.of(Settings.of(Map.of("INTEGRITY_SIGNING_KEY", KNOWN_PRIVATE))))
                .withMessageContaining("INTEGRITY_VERIFICATION_KEYS");
    }

    @Test
    void whatIsNoKeyIsRefusedAndNotShown() {
        String secret = KNOWN_PRIVATE.lines().skip(1).findFirst().orElseThrow();
        for (String wrong : List.of(
                secret,
                KNOWN_PRIVATE + KNOWN_PRIVATE,
                KNOWN_PRIVATE + "more",
                KNOWN_PRIVATE.replace("PRIVATE", "RSA PRIVATE"),
                KNOWN_PRIVATE.replace("MC4C", "AAAA"),
                Keys.pem("PRIVATE KEY", Keys.pair("Ed448").getPrivate()),
                KNOWN_PUBLIC)) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> IntegrityKeys.signing(wrong, KNOWN_PUBLIC))
                    .withMessageContainingAll("INTEGRITY_SIGNING_KEY", "eventsourcing.integrity.signing-key")
                    .withNoCause()
                    .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(secret.substring(0, 10)));
        }
        for (String wrong : List.of("", KNOWN_PRIVATE, KNOWN_PUBLIC + KNOWN_PRIVATE, "x" + KNOWN_PUBLIC)) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> IntegrityKeys.verifying(wrong))
                    .withMessageContaining("INTEGRITY_VERIFICATION_KEYS");
        }
    }

    @Test
    void textShowsIds() {
        assertThat(IntegrityKeys.signing(KNOWN_PRIVATE, KNOWN_PUBLIC))
                .hasToString(
                        "IntegrityKeys[21fe31dfa154a261626bf854046fd227], signing with 21fe31dfa154a261626bf854046fd227");
    }
}
