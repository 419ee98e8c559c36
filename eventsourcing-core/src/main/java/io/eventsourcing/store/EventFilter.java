package io.eventsourcing.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a reader wants of those in its range: what all of the conditions hold for. Immutable; each method returns a
 * changed copy. Users say it with {@link ReadOptions} and {@link SubscribeOptions}; backends ask it.
 */
public final class EventFilter {

    private static final EventFilter EVERYTHING =
            new EventFilter(Set.of(), StreamFilter.all(), Optional.empty(), Optional.empty());

    private final Set<String> types;
    private final StreamFilter streams;
    private final Optional<Instant> asOf;
    private final Optional<String> tenant;

    private EventFilter(Set<String> types, StreamFilter streams, Optional<Instant> asOf, Optional<String> tenant) {
        this.types = types;
        this.streams = streams;
        this.asOf = asOf;
        this.tenant = tenant;
    }

    /** No condition. */
    public static EventFilter everything() {
        return EVERYTHING;
    }

    /** @throws IllegalArgumentException if there are none: such a reader would find nothing, which nobody means */
    EventFilter types(Set<String> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("Name the event types to read; without types(), all are read");
        }
        wanted.forEach(EventFilter::requireType);
        return new EventFilter(Set.copyOf(wanted), streams, asOf, tenant);
    }

    EventFilter type(String wanted) {
        return types(Set.of(wanted));
    }

    private static void requireType(String type) {
        if (type.isBlank()) {
            throw new IllegalArgumentException("An event type to read is not blank");
        }
        PlainText.require("event type", type);
    }

    EventFilter streams(StreamFilter wanted) {
        return new EventFilter(types, Objects.requireNonNull(wanted, "streams"), asOf, tenant);
    }

    EventFilter asOf(Instant instant) {
        return new EventFilter(types, streams, Optional.of(instant.truncatedTo(ChronoUnit.MICROS)), tenant);
    }

    EventFilter tenant(String wanted) {
        return new EventFilter(types, streams, asOf, Optional.of(wanted));
    }

    /** The types that are wanted; empty for all. */
    public Set<String> types() {
        return types;
    }

    public StreamFilter streams() {
        return streams;
    }

    /** In microseconds; events that are later aren't wanted. */
    public Optional<Instant> asOf() {
        return asOf;
    }

    /** The only tenant whose events are wanted; empty for all. */
    public Optional<String> tenant() {
        return tenant;
    }

    /** Whether every stream of every tenant is wanted. */
    public boolean isOfAllStreams() {
        return streams.isAll() && tenant.isEmpty();
    }

    /** Whether there is no condition. */
    public boolean isEverything() {
        return types.isEmpty() && isOfAllStreams() && asOf.isEmpty();
    }

    public boolean matches(RecordedEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && streams.matches(event.stream())
                && (tenant.isEmpty() || tenant.get().equals(event.tenant()))
                && (asOf.isEmpty() || !event.timestamp().isAfter(asOf.get()));
    }

    @Override
    public String toString() {
        return (types.isEmpty() ? "all types" : "types " + types) + " of " + streams
                + tenant.map(id -> " of tenant '" + id + "'").orElse("")
                + asOf.map(instant -> " as of " + instant).orElse("");
    }
}
