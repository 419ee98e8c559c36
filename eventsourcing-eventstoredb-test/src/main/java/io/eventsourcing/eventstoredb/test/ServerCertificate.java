package io.eventsourcing.eventstoredb.test;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for localhost and 127.0.0.1, with its key, and that of the authority which vouches for it, in PEM. The
 * authority's key is forgotten.
 */
record ServerCertificate(String certificatePem, String keyPem, String rootPem) {

    private static final Duration VALIDITY = Duration.ofDays(1);

    /** A clock that is a little behind must not find the certificate too young. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    /** Makes a new authority and a new certificate. */
    static ServerCertificate create() {
        try {
            X500Name authority = new X500Name("CN=EventStoreDB test authority");
            KeyPair authorityKeys = newKeys();
            KeyPair keys = newKeys();
            X509CertificateHolder root = signed(
                    builder(authority, authority, authorityKeys)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)),
                    authorityKeys.getPrivate());
            X509CertificateHolder certificate = signed(
                    builder(authority, new X500Name("CN=localhost"), keys)
                            .addExtension(Extension.subjectAlternativeName, false, names()),
                    authorityKeys.getPrivate());
            return new ServerCertificate(pem(certificate), keyPem(keys.getPrivate()), pem(root));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot make a certificate", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerCredentials credentials() {
        try {
            return TlsServerCredentials.create(stream(certificatePem), stream(keyPem));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(TOLERANCE)),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
    }

    private static GeneralNames names() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
    }

    private static X509CertificateHolder signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException {
        return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key));
    }

    private static String keyPem(PrivateKey key) throws IOException {
        return pem(new JcaPKCS8Generator(key, null));
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
