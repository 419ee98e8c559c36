package io.eventsourcing.eventstoredb.test;

import io.eventsourcing.eventstoredb.test.Caller.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes a server before it starts. Not thread-safe. */
public final class EventStoreDbServerBuilder {

    private int port;
    private ServerVersion version = ServerVersion.parse("25.1.1");
    private @Nullable Integer maxAppendSize;
    private boolean tls;
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private String userInfo = "";
    private Clock clock = Clock.systemUTC();
    private @Nullable EventStoreDbServer joined;

    EventStoreDbServerBuilder() {}

    /** Listens on this port; 0, the default, takes one that is free. */
    public EventStoreDbServerBuilder port(int number) {
        port = number;
        return this;
    }

    /**
     * Pretends to be this version of the real server, {@code 25.1.1} by default. Appends to several streams exist from
     * 25.1 on.
     *
     * @param number for instance {@code 24.10}
     * @throws IllegalArgumentException if that is no version
     */
    public EventStoreDbServerBuilder version(String number) {
        version = ServerVersion.parse(number);
        return this;
    }

    /** Limits the bytes of one append; by default as the version does, 1 MiB before 25.1 and 256 MiB since. */
    public EventStoreDbServerBuilder maxAppendSize(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("The largest append has to be positive, but is " + bytes);
        }
        maxAppendSize = bytes;
        return this;
    }

    /** Encrypts, with a certificate for localhost and 127.0.0.1 of an authority made for this server. */
    public EventStoreDbServerBuilder tls(boolean encrypted) {
        tls = encrypted;
        return this;
    }

    /** Knows an administrator; then others are refused. The last one is in the connection string. */
    public EventStoreDbServerBuilder credentials(String user, String password) {
        know(user, password, Role.ADMINISTRATOR);
        userInfo = encoded(user) + ":" + encoded(password) + "@";
        return this;
    }

    /** Knows a user who may use every stream but those of the system, and so not read $all; then others are refused. */
    public EventStoreDbServerBuilder user(String user, String password) {
        know(user, password, Role.USER);
        return this;
    }

    private void know(String user, String password, Role role) {
        if (user.contains(":")) {
            throw new IllegalArgumentException("The name of a user cannot have a colon: " + user);
        }
        roles.put(user + ":" + password, role);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Takes the time of events, and the age up to which they may be read, from this clock. */
    public EventStoreDbServerBuilder clock(Clock source) {
        clock = source;
        return this;
    }

    /**
     * Makes a cluster with another server: the new one follows it, and shares its log and its clock. A follower sees each
     * event at once, unlike a real one.
     */
    public EventStoreDbServerBuilder joining(EventStoreDbServer leader) {
        joined = leader;
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public EventStoreDbServer start() {
        EventStoreDbServer other = joined;
        return other == null ? EventStoreDbServer.start(options(), clock) : other.startBeside(options());
    }

    private ServerOptions options() {
        int append = maxAppendSize == null ? version.maxAppendSize() : maxAppendSize;
        return new ServerOptions(
                port,
                version,
                new Node.Limits(append, version.maxEventSize()),
                Map.copyOf(roles),
                userInfo,
                tls ? Optional.of(ServerCertificate.create()) : Optional.empty());
    }
}
