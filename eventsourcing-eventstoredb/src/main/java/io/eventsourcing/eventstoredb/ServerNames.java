package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Tenants;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What streams are called on the server, and which of its events are ours. Immutable.
 *
 * <p>Before the name of a tenant's stream stands {@code tenant$<id>$}. Ids have neither dashes nor dollars there, so that
 * the server's categories are {@code tenant$<id>$Dog}, and no two tenants have one name.
 *
 * @param prefix stands before the name of each stream, so that applications can share a server; may be empty
 * @param tenant whose streams are meant; empty for the default one
 */
record ServerNames(String prefix, String tenant) {

    /** Streams that begin so, behind the prefix, hold snapshots: they are no events, and not in the read of all. */
    static final String SNAPSHOTS = "snapshot-$";

    /** Streams that begin so hold seals of events, which are no events either. */
    static final String SEALS = "seals-$";

    /** Streams that begin so hold schemas of events. */
    static final String SCHEMAS = "schemas-$";

    private static final List<String> KEPT_APART = List.of(SNAPSHOTS, SEALS, SCHEMAS);
    private static final String TENANTS = "tenant$";

    /** What stands before the name of a tenant's stream, as a pattern. */
    private static final String ANY_TENANT = "tenant\\$[^$]*\\$";

    /** A stream, and whose it is. */
    record OwnStream(String tenant, StreamName name) {}

    /** Of the default tenant. */
    ServerNames(String prefix) {
        this(prefix, Tenants.DEFAULT);
    }

    /** @throws IllegalArgumentException if the prefix has other characters than letters, digits, dots and underscores */
    ServerNames {
        // a dash would give all streams one category
        if (!prefix.matches("[A-Za-z0-9_.]{0,50}")) {
            throw new IllegalArgumentException(
                    "A prefix of streams has at most 50 letters, digits, dots and underscores");
        }
    }

    ServerNames forTenant(String id) {
        return new ServerNames(prefix, id);
    }

    String of(StreamName stream) {
        return prefix + before(tenant) + stream.value();
    }

    /**
     * Looks at the name of a stream before the server is asked.
     *
     * @throws IllegalArgumentException if it is the default tenant's, and would be taken for that of another
     */
    StreamName requireOwn(StreamName stream) {
        if (tenant.isEmpty() && stream.value().startsWith(TENANTS)) {
            throw new IllegalArgumentException("Names of streams that begin with " + TENANTS
                    + " are kept for tenants. Use another name, or forTenant(id)");
        }
        return stream;
    }

    private static String before(String tenant) {
        return tenant.isEmpty() ? "" : TENANTS + encoded(tenant) + "$";
    }

    /** With letters, digits, dots, underscores and percent signs alone. */
    private static String encoded(String tenant) {
        return URLEncoder.encode(tenant, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("-", "%2D")
                .replace("*", "%2A");
    }

    /** Where snapshots are kept. No stream has a name that begins with a dollar sign, so projections have one more. */
    String of(SnapshotName snapshots) {
        String mark = snapshots.kind() == SnapshotName.Kind.PROJECTION ? "$" : "";
        return prefix + before(tenant) + SNAPSHOTS + mark + snapshots.value();
    }

    /** The name of a stream on the server as ours, if it can be one: others write to the server too. */
    Optional<OwnStream> parse(String name) {
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        String own = name.substring(prefix.length());
        try {
            return own.startsWith(TENANTS)
                    ? ofTenant(own)
                    : Optional.of(new OwnStream(Tenants.DEFAULT, StreamName.of(own)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<OwnStream> ofTenant(String name) {
        int end = name.indexOf('$', TENANTS.length());
        if (end < 0) {
            return Optional.empty();
        }
        String tenant = URLDecoder.decode(name.substring(TENANTS.length(), end), StandardCharsets.UTF_8);
        return name.startsWith(before(Tenants.requireId(tenant))) // else others have written it in another way
                ? Optional.of(new OwnStream(tenant, StreamName.of(name.substring(end + 1))))
                : Optional.empty();
    }

    /** A pattern for the streams that are read when all are: neither the server's own nor what is kept apart. */
    String pattern() {
        return "^" + escaped(prefix) + "(?!\\$|(?:" + ANY_TENANT + ")?(?:snapshot|seals|schemas)-\\$)";
    }

    /**
     * The same, for some of these.
     *
     * @param wanted the only tenant; empty for all
     */
    String pattern(StreamFilter streams, Optional<String> wanted) {
        String exactly = streams.name().map(name -> "|" + escaped(name) + "$").orElse("");
        return pattern() + ofTenants(wanted) + "(?:" + escaped(streams.prefix()) + exactly + ")";
    }

    private static String ofTenants(Optional<String> wanted) {
        if (wanted.isEmpty()) {
            return "(?:" + ANY_TENANT + ")?";
        }
        return wanted.get().isEmpty() ? "(?!" + ANY_TENANT + ")" : escaped(before(wanted.get()));
    }

    /** As a part of a pattern, for .NET as well as for Java. */
    static String escaped(String text) {
        return text.replaceAll("[\\\\.^$|?*+()\\[\\]{}# ]", "\\\\$0");
    }

    /** Whether a stream on the server holds snapshots, seals or schemas. */
    boolean isKeptApart(String name) {
        return parse(name).filter(stream -> isKeptApart(stream.name())).isPresent();
    }

    private static boolean isKeptApart(StreamName name) {
        return KEPT_APART.stream().anyMatch(name.value()::startsWith);
    }

    /** @throws IllegalArgumentException if an event could not be found again in the read of all */
    void requireOurs(StreamAppend append) {
        requireOwn(append.stream());
        if (isKeptApart(append.stream())) {
            throw new IllegalArgumentException(
                    "Names of streams that begin with one of " + KEPT_APART + " are kept for what is no event");
        }
        for (NewEvent event : append.events()) {
            if (isSystemType(event.type())) {
                throw new IllegalArgumentException(
                        "EventStoreDB keeps event types that begin with $ for itself: " + event.type());
            }
        }
    }

    /** Links, tombstones and the like, which can be in streams of ours. */
    static boolean isSystemType(String type) {
        return type.startsWith("$");
    }
}
