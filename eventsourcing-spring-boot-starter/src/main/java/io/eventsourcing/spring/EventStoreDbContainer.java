package io.eventsourcing.spring;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * What is known of the containers of the server, whoever has started one.
 *
 * @param port where the server's {@link #PORT} is found on the host
 * @param variables the environment of the container
 * @param sslBundle trusts the server's certificate; null for a server that runs without security ({@code
 *     KURRENTDB_INSECURE=true})
 */
record EventStoreDbContainer(
        String host,
        int port,
        Map<String, @Nullable String> variables,
        @Nullable SslBundle sslBundle) {

    /** The names by which containers are recognised. */
    static final String[] IMAGES = {"kurrentplatform/kurrentdb", "eventstore/eventstore"};

    static final int PORT = 2113;

    String uri() {
        return "kurrentdb://" + (sslBundle == null ? "" : administrator()) + host + ":" + port + "?tls="
                + (sslBundle != null);
    }

    @Nullable
    String rootCertificates() {
        return sslBundle == null ? null : TrustedCertificates.asPem(sslBundle, "SSL bundle of the container");
    }

    private String administrator() {
        String password = Stream.of("KURRENTDB", "EVENTSTORE")
                .map(prefix -> variables.get(prefix + "_DEFAULT_ADMIN_PASSWORD"))
                .filter(value -> value != null)
                .findFirst()
                .orElse("changeit");
        return "admin:" + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
    }
}
