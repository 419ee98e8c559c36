package io.eventsourcing.eventstoredb;

import io.kurrent.dbclient.ConnectionSettingsBuilder;
import io.kurrent.dbclient.Endpoint;
import io.kurrent.dbclient.KurrentDBClientSettings;
import io.kurrent.dbclient.KurrentDBConnectionString;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is and how to talk to it: {@code esdb://user:password@host1:2113,host2:2113?tls=true}. Immutable. Nothing
 * that it says of itself has the password.
 *
 * <p>The client reads the parameters. It does not read the rest: it takes no port above 32767 behind the first host, turns a
 * {@code +} of a password into a space, and shows the whole text where it refuses it.
 */
final class ConnectionString {

    private static final Pattern FORM =
            Pattern.compile("(?<scheme>[^:/?]*)://(?<authority>[^/?]*)/?(?:\\?(?<query>.*))?", Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("(?:esdb|kurrentdb|kurrent|kdb)(?<discover>\\+discover)?");
    private static final int DEFAULT_PORT = 2113;

    private final KurrentDBClientSettings parameters;
    private final boolean discover;
    private final List<Endpoint> hosts;
    private final @Nullable Credentials credentials;

    private ConnectionString(
            KurrentDBClientSettings parameters,
            boolean discover,
            List<Endpoint> hosts,
            @Nullable Credentials credentials) {
        this.parameters = parameters;
        this.discover = discover;
        this.hosts = hosts;
        this.credentials = credentials;
    }

    /** @throws IllegalArgumentException if it is wrong; the message says what, but shows no password */
    static ConnectionString parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("A connection string looks like esdb://localhost:2113?tls=false");
        }
        Matcher scheme = SCHEME.matcher(form.group("scheme").toLowerCase(Locale.ROOT));
        if (!scheme.matches()) {
            throw new IllegalArgumentException(
                    "A connection string begins with esdb://, esdb+discover://, kurrentdb:// or"
                            + " kurrentdb+discover://, not with " + form.group("scheme") + "://");
        }
        Credentials.requireNoneIn(form.group("query"));
        String authority = form.group("authority");
        int at = authority.lastIndexOf('@');
        return new ConnectionString(
                parameters(form.group("query")),
                scheme.group("discover") != null,
                hosts(authority.substring(at + 1)),
                at < 0 ? null : Credentials.parse(authority.substring(0, at)));
    }

    private static KurrentDBClientSettings parameters(@Nullable String query) {
        String parameters = query == null ? "" : "?" + withLowerCaseNames(query);
        try {
            return KurrentDBConnectionString.parseOrThrow("kurrentdb://unused:1" + parameters);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The parameters of the connection string are wrong: " + e.getMessage(), e);
        }
    }

    /** The client would do it by the rules of the default locale, and not know {@code keepAliveInterval} in Turkish. */
    private static String withLowerCaseNames(String query) {
        return Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .map(parts -> parts[0].toLowerCase(Locale.ROOT) + (parts.length > 1 ? "=" + parts[1] : ""))
                .collect(Collectors.joining("&"));
    }

    private static List<Endpoint> hosts(String text) {
        return Arrays.stream(text.split(",", -1)).map(ConnectionString::host).toList();
    }

    private static Endpoint host(String text) {
        int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']') + 1) : text.lastIndexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isBlank()) {
            throw new IllegalArgumentException("The connection string names no host where one should be");
        }
        return new Endpoint(name, colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException(
                    "A port in the connection string is a number from 1 to 65535; a colon, a slash or a question mark in the"
                            + " password is written as %3A, %2F or %3F");
        }
        return Integer.parseInt(text);
    }

    /** The settings for a client, to which interceptors and the like can be added. */
    ConnectionSettingsBuilder settings() {
        ConnectionSettingsBuilder settings = KurrentDBClientSettings.builder()
                .dnsDiscover(discover || parameters.isDnsDiscover())
                .maxDiscoverAttempts(parameters.getMaxDiscoverAttempts())
                .discoveryInterval(parameters.getDiscoveryInterval())
                .gossipTimeout(parameters.getGossipTimeout())
                .nodePreference(parameters.getNodePreference())
                .tls(parameters.isTls())
                .tlsVerifyCert(parameters.isTlsVerifyCert())
                .keepAliveTimeout(parameters.getKeepAliveTimeout())
                .keepAliveInterval(parameters.getKeepAliveInterval())
                .tlsCaFile(parameters.getTlsCaFile())
                .defaultClientCertificate(parameters.getDefaultClientCertificate())
                .features(parameters.getFeatures().toArray(String[]::new));
        if (parameters.getDefaultDeadline() != null) {
            settings.defaultDeadline(parameters.getDefaultDeadline());
        }
        if (credentials != null) {
            settings.defaultCredentials(credentials.user(), credentials.password());
        }
        return settings;
    }

    boolean isTls() {
        return parameters.isTls();
    }

    boolean hasCredentials() {
        return credentials != null || parameters.getDefaultClientCertificate() != null;
    }

    List<Endpoint> hosts() {
        return hosts;
    }

    /** Whether the client has one address alone, and asks no cluster where its leader is. */
    boolean isSingleNode() {
        return hosts.size() == 1 && !discover && !parameters.isDnsDiscover();
    }

    /** How long a call may take, in milliseconds. */
    long deadline() {
        Long deadline = parameters.getDefaultDeadline();
        return deadline == null ? 10_000 : deadline;
    }

    /** The addresses, and nothing secret. */
    @Override
    public String toString() {
        String shown = hosts.stream()
                .limit(3)
                .map(host -> host.getHost() + ":" + host.getPort())
                .collect(Collectors.joining(", "));
        String text = shown.length() > 150 ? shown.substring(0, 150) + "…" : shown;
        return hosts.size() > 3 ? text + " and " + (hosts.size() - 3) + " more" : text;
    }

    private record Credentials(String user, String password) {

        /** The client puts them into ASCII, and would send question marks for other characters. */
        Credentials {
            if (user.contains(":")) {
                throw new IllegalArgumentException("The user name in the connection string has no colon");
            }
            if (!StandardCharsets.US_ASCII.newEncoder().canEncode(user + password)) {
                throw new IllegalArgumentException(
                        "The user name and the password in the connection string have ASCII characters alone");
            }
        }

        static Credentials parse(String text) {
            String[] parts = text.split(":", 2);
            return new Credentials(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
        }

        /** What stands behind the hosts has no @: there is one only if the password has a character that ends the hosts. */
        static void requireNoneIn(@Nullable String query) {
            if (query != null && query.contains("@")) {
                throw new IllegalArgumentException(
                        "There is an @ behind the hosts of the connection string: a question mark"
                                + " or a slash in the password is written as %3F or %2F");
            }
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                // without the cause, which shows what it could not decode
                throw new IllegalArgumentException("The user name or the password in the connection string has a % that"
                        + " isn't followed by two hexadecimal digits; write %25 for the character itself");
            }
        }

        @Override
        public String toString() {
            return "credentials";
        }
    }
}
