package io.eventsourcing.store;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names and values that configure an application, as environment variables do. A name is looked up with the
 * application's name before it and then alone, so {@code TRAININGSCHOOL_JDBC_URL} beats {@code JDBC_URL}, wherever each
 * was set. A blank value counts as none. Immutable.
 */
public final class Settings {

    private static final Settings NONE = new Settings("", Map.of());

    private final String prefix;
    private final Map<String, String> values;

    private Settings(String prefix, Map<String, String> values) {
        this.prefix = prefix;
        this.values = Map.copyOf(values);
    }

    /** No values at all. */
    public static Settings none() {
        return NONE;
    }

    /** These values, without an application's name. */
    public static Settings of(Map<String, String> values) {
        return new Settings("", values);
    }

    /** A copy for an application's name, which is put in upper case. */
    public Settings forApplication(String name) {
        return new Settings(name.toUpperCase(Locale.ROOT) + "_", values);
    }

    /** A copy in which these values win over the ones here. */
    public Settings overriddenBy(Map<String, String> winners) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        merged.putAll(winners);
        return new Settings(prefix, merged);
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
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The names that are set; the values may be secret. */
    @Override
    public String toString() {
        return "Settings" + values.keySet();
    }
}
