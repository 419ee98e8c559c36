package io.eventsourcing.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an event beyond its payload: names and texts, among them two that the field has agreed on. The
 * <em>correlation id</em> is shared by everything that one request set off; the <em>causation id</em> names the message
 * that led to this event. Names that begin with {@value #RESERVED} are the library's: what is given under them isn't
 * stored. Immutable.
 */
public record Metadata(Map<String, String> values) {

    /** The name of the correlation id. */
    public static final String CORRELATION_ID = "correlationId";

    /** The name of the causation id. */
    public static final String CAUSATION_ID = "causationId";

    /** What the names begin with that the library itself writes and reads. */
    public static final String RESERVED = "es-";

    /** The name of the revision of the payload; without it, 1. */
    static final String REVISION = RESERVED + "revision";

    /** The name of the list of encrypted fields. */
    static final String PERSONAL = RESERVED + "personal";

    private static final Metadata NONE = new Metadata(Map.of());

    /** @throws NullPointerException if a name or value is null */
    public Metadata {
        Map<String, String> copy = new LinkedHashMap<>(); // Map.copyOf would write other bytes in each run
        values.forEach((name, value) -> copy.put(Objects.requireNonNull(name), Objects.requireNonNull(value)));
        values = Collections.unmodifiableMap(copy);
    }

    /** No metadata. */
    public static Metadata none() {
        return NONE;
    }

    /** Only a correlation id. */
    public static Metadata ofCorrelationId(String id) {
        return NONE.withCorrelationId(id);
    }

    public Metadata withCorrelationId(String id) {
        return with(CORRELATION_ID, id);
    }

    public Metadata withCausationId(String id) {
        return with(CAUSATION_ID, id);
    }

    /** A copy with one more value, or with a value replaced. */
    public Metadata with(String name, String value) {
        return withAll(Map.of(Objects.requireNonNull(name), Objects.requireNonNull(value)));
    }

    /** A copy in which the other's values win. */
    public Metadata overriddenBy(Metadata other) {
        return other.values.isEmpty() ? this : values.isEmpty() ? other : withAll(other.values);
    }

    public Optional<String> correlationId() {
        return find(CORRELATION_ID);
    }

    public Optional<String> causationId() {
        return find(CAUSATION_ID);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Metadata withoutReserved() {
        if (values.keySet().stream().noneMatch(name -> name.startsWith(RESERVED))) {
            return this;
        }
        Map<String, String> own = new LinkedHashMap<>(values);
        own.keySet().removeIf(name -> name.startsWith(RESERVED));
        return new Metadata(own);
    }

    private Metadata withAll(Map<String, String> winners) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        merged.putAll(winners);
        return new Metadata(merged);
    }
}
