package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import java.util.Optional;

/**
 * What streams are called on the server, and which of its events are ours. Immutable.
 *
 * @param prefix stands before the name of each stream, so that applications can share a server; may be empty
 */
record ServerNames(String prefix) {

    /** Streams that begin so, behind the prefix, hold snapshots: they are no events, and not in the read of all. */
    static final String SNAPSHOTS = "snapshot-$";

    /** Streams that begin so hold seals of events, which are no events either. */
    static final String SEALS = "seals-$";

    /** @throws IllegalArgumentException if the prefix has other characters than letters, digits, dots and underscores */
    ServerNames {
        // a dash would give all streams one category
        if (!prefix.matches("[A-Za-z0-9_.]{0,50}")) {
            throw new IllegalArgumentException(
                    "A prefix of streams has at most 50 letters, digits, dots and underscores");
        }
    }

    String of(StreamName stream) {
        return prefix + stream.value();
    }

    /** Where snapshots are kept. No stream has a name that begins with a dollar sign, so projections have one more. */
    String of(SnapshotName snapshots) {
        String mark = snapshots.kind() == SnapshotName.Kind.PROJECTION ? "$" : "";
        return prefix + SNAPSHOTS + mark + snapshots.value();
    }

    /** The name of a stream on the server as ours, if it can be one: others write to the server too. */
    Optional<StreamName> parse(String name) {
        if (!name.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(StreamName.of(name.substring(prefix.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A pattern for the streams that are read when all are: neither the server's own nor snapshots nor seals. */
    String pattern() {
        return "^" + escaped(prefix) + "(?!\\$|snapshot-\\$|seals-\\$)";
    }

    /** The same, for some of these. */
    String pattern(StreamFilter streams) {
        String exactly = streams.name().map(name -> "|" + escaped(name) + "$").orElse("");
        return pattern() + "(?:" + escaped(streams.prefix()) + exactly + ")";
    }

    /** As a part of a pattern, for .NET as well as for Java. */
    static String escaped(String text) {
        return text.replaceAll("[\\\\.^$|?*+()\\[\\]{}# ]", "\\\\$0");
    }

    /** Whether a stream on the server holds snapshots or seals. */
    boolean isKeptApart(String name) {
        return name.startsWith(prefix + SNAPSHOTS) || name.startsWith(prefix + SEALS);
    }

    /** @throws IllegalArgumentException if an event could not be found again in the read of all */
    static void requireOurs(StreamAppend append) {
        String name = append.stream().value();
        if (name.startsWith(SNAPSHOTS) || name.startsWith(SEALS)) {
            throw new IllegalArgumentException("Names of streams that begin with " + SNAPSHOTS
                    + " are kept for snapshots, and with " + SEALS + " for seals");
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
