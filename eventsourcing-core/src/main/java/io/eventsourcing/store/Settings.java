package io.eventsourcing.store;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Names and values that configure an application, as environment variables do. A name is looked up with the
 * application's name before it and then alone, so {@code TRAININGSCHOOL_JDBC_URL} beats {@code JDBC_URL}, wherever each
 * was set. A blank value counts as none. Immutable.
 */
public final class Settings {

    private static final Settings NONE = of(Map.of());

    private final String prefix;
    private final Function<String, @Nullable String> lookup;

    private Settings(String prefix, Function<String, @Nullable String> lookup) {
        this.prefix = prefix;
        this.lookup = lookup;
    }

    /** No values at all. */
    public static Settings none() {
        return NONE;
    }

    /** These values, without an application's name. */
    public static Settings of(Map<String, String> values) {
        return of(Map.copyOf(values)::get);
    }

    /**
     * Whatever this finds, without an application's name.
     *
     * @param lookup returns null for a name that it doesn't know
     */
    public static Settings of(Function<String, @Nullable String> lookup) {
        return new Settings("", lookup);
    }

    /** A copy for an application's name, which is put in upper case. */
    public Settings forApplication(String name) {
        return new Settings(name.toUpperCase(Locale.ROOT) + "_", lookup);
    }

    /** A copy in which these values, but for blank ones, win over the ones here. */
    public Settings overriddenBy(Map<String, String> winners) {
        Map<String, String> copy = Map.copyOf(winners);
        return new Settings(prefix, name -> {
            String winner = copy.getOrDefault(name, "");
            return winner.isBlank() ? lookup.apply(name) : winner;
        });
    }

    /** The value of a setting, if it has one that isn't blank. */
    public Optional<String> find(String name) {
        return value(prefix + name).or(() -> value(name));
    }

    /** @throws IllegalArgumentException if the setting is missing; the message names it */
    public String require(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("Set " + name + names(name)));
    }

    private String names(String name) {
        return prefix.isEmpty() ? "" : " (or, for this application alone, " + prefix + name + ")";
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(lookup.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
