package io.eventsourcing.spring;

import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** The certificates that an SSL bundle trusts, as text, for a client that reads nothing else. */
final class TrustedCertificates {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private TrustedCertificates() {}

    /**
     * @param name of the bundle, for messages: {@code SSL bundle 'school'}
     * @throws IllegalArgumentException if it trusts nobody in particular
     */
    static String asPem(SslBundle bundle, String name) {
        KeyStore trusted = bundle.getStores().getTrustStore();
        try {
            String pem = trusted == null ? "" : asPem(trusted);
            if (pem.isEmpty()) {
                throw new IllegalArgumentException("The " + name + " has no trusted certificates");
            }
            return pem;
        } catch (KeyStoreException | CertificateEncodingException e) {
            throw new IllegalArgumentException("The trust store of the " + name + " can't be read", e);
        }
    }

    private static String asPem(KeyStore trusted) throws KeyStoreException, CertificateEncodingException {
        StringBuilder pem = new StringBuilder();
        for (String alias : Collections.list(trusted.aliases())) {
            @Nullable Certificate certificate = trusted.getCertificate(alias);
            if (certificate != null) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(LINES.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            }
        }
        return pem.toString();
    }
}
