package io.eventsourcing.eventstoredb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.function.Function;

/**
 * Certificates of the authorities that a server's certificate is checked against, as PEM text. Immutable.
 *
 * @param pem one certificate or several
 */
record RootCertificates(String pem) {

    /** @throws IllegalArgumentException if there is no certificate in the text */
    RootCertificates {
        if (!holdsCertificates(pem)) {
            throw new IllegalArgumentException("The root certificates are no PEM text: it begins with"
                    + " -----BEGIN CERTIFICATE----- and has line breaks (a path of a file goes into the connection"
                    + " string, as tlsCaFile)");
        }
    }

    private static boolean holdsCertificates(String pem) {
        try (ByteArrayInputStream bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))) {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(bytes)
                    .isEmpty();
        } catch (CertificateException | IOException e) {
            return false;
        }
    }

    /** Gives them to something that reads them from a file, and only while it runs: the client takes nothing else. */
    <T> T inFile(Function<Path, T> reader) {
        try {
            // only its owner may read and write what createTempFile() makes
            Path file = Files.createTempFile("eventsourcing-", ".pem");
            try {
                Files.writeString(file, pem, StandardCharsets.US_ASCII);
                return reader.apply(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The root certificates could not be written to a temporary file", e);
        }
    }
}
