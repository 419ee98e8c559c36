package io.eventsourcing.snapshot;

import io.eventsourcing.store.Settings;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** The names of settings about snapshots and the cache of aggregates, and what they say. */
public final class SnapshotSettings {

    /** Takes a snapshot every so many events of an aggregate. */
    public static final String EVERY = "SNAPSHOTS_EVERY";

    /** Takes a snapshot with the first save after so much time, such as {@code PT10M}. */
    public static final String AFTER = "SNAPSHOTS_AFTER";

    /** How many snapshots of an aggregate are kept. */
    public static final String KEPT = "SNAPSHOTS_KEPT";

    /** {@code true} uses snapshots that are there, and takes them by hand, if nothing says when else. */
    public static final String ENABLED = "SNAPSHOTS_ENABLED";

    /** How many aggregates a repository keeps in memory. */
    public static final String CACHE_SIZE = "REPOSITORY_CACHE_SIZE";

    private SnapshotSettings() {}

    /**
     * Empty if nothing says when, nor that snapshots are enabled, or if they are disabled.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names it
     */
    public static Optional<SnapshotOptions> options(Settings settings) {
        Optional<SnapshotPolicy> every =
                settings.find(EVERY).map(text -> SnapshotPolicy.every(positive(EVERY, text, Long.MAX_VALUE)));
        Optional<SnapshotPolicy> after = settings.find(AFTER).map(SnapshotSettings::after);
        boolean isSaid = every.isPresent() || after.isPresent();
        if (!settings.find(ENABLED).map(Boolean::parseBoolean).orElse(isSaid)) {
            return Optional.empty();
        }
        SnapshotOptions options =
                SnapshotOptions.of(every.orElseGet(SnapshotPolicy::never).or(after.orElseGet(SnapshotPolicy::never)));
        return Optional.of(settings.find(KEPT)
                .map(text -> options.keeping((int) positive(KEPT, text, Integer.MAX_VALUE)))
                .orElse(options));
    }

    /** @throws IllegalArgumentException if the setting is no number of 0 or more */
    public static Optional<Integer> cacheSize(Settings settings) {
        return settings.find(CACHE_SIZE).map(text -> (int) number(CACHE_SIZE, text, 0, Integer.MAX_VALUE));
    }

    private static SnapshotPolicy after(String text) {
        try {
            return SnapshotPolicy.after(Duration.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(named(AFTER) + " is a duration such as PT10M, not '" + text + "'");
        }
    }

    private static long positive(String name, String text, long most) {
        return number(name, text, 1, most);
    }

    private static long number(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same as a number that is out of range
        }
        throw new IllegalArgumentException(named(name) + " is a number of " + least + " or more, not '" + text + "'");
    }

    private static String named(String name) {
        String property = name.equals(CACHE_SIZE)
                ? "eventsourcing.repository.cache-size"
                : "eventsourcing." + name.toLowerCase(Locale.ROOT).replace('_', '.');
        return name + " (with Spring also: " + property + ")";
    }
}
