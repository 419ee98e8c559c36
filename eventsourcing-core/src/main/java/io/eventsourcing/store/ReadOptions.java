package io.eventsourcing.store;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which events to read, and in which order. Conditions of several kinds must all hold. Immutable; each method returns a
 * changed copy.
 *
 * <p>Positions are stream positions in a read of one stream, and commit positions in a read of all. They need not exist.
 */
public final class ReadOptions {

    /** What a read is to find that starts at the latest event of a type, when there is none. */
    public enum IfMissing {
        READ_NOTHING,
        READ_EVERYTHING
    }

    record Latest(String type, IfMissing ifMissing) {}

    private record Range(OptionalLong from, Optional<Bound> lower, Optional<Bound> upper, Optional<Latest> latest) {

        static final Range WHOLE =
                new Range(OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Range withFrom(long position) {
            return new Range(OptionalLong.of(position), lower, upper, latest);
        }

        Range withLower(Bound bound) {
            return new Range(from, Optional.of(bound), upper, latest);
        }

        Range withUpper(Bound bound) {
            return new Range(from, lower, Optional.of(bound), latest);
        }

        Range withLatest(Latest start) {
            return new Range(from, lower, upper, Optional.of(start));
        }
    }

    private static final ReadOptions FORWARDS =
            new ReadOptions(false, Range.WHOLE, Long.MAX_VALUE, EventFilter.everything());
    private static final ReadOptions BACKWARDS =
            new ReadOptions(true, Range.WHOLE, Long.MAX_VALUE, EventFilter.everything());

    private final boolean backwards;
    private final Range range;
    private final long limit;
    private final EventFilter filter;

    private ReadOptions(boolean backwards, Range range, long limit, EventFilter filter) {
        boolean boundBelow = range.lower.isPresent() || !backwards && range.from.isPresent();
        if (range.latest.isPresent() && boundBelow) {
            throw new IllegalArgumentException("A read starts at the latest event of type "
                    + range.latest.get().type() + " or at a lower bound, not at both. Leave out one of them");
        }
        this.backwards = backwards;
        this.range = range;
        this.limit = limit;
        this.filter = filter;
    }

    /** All events, oldest first. */
    public static ReadOptions forwards() {
        return FORWARDS;
    }

    /** All events, newest first. */
    public static ReadOptions backwards() {
        return BACKWARDS;
    }

    /**
     * Starts at a position.
     *
     * <p>In a stream, its event is included in both directions. In a read of all events, it is included forwards and excluded
     * backwards, so that a reader can turn at a position without seeing its event twice. {@link #lower} and {@link #upper}
     * say it in words.
     *
     * @param position 0 or more
     */
    public ReadOptions from(long position) {
        return with(range.withFrom(Bound.inclusive(position).position()));
    }

    /** Leaves out what lies below, in both directions. */
    public ReadOptions lower(Bound bound) {
        return with(range.withLower(bound));
    }

    /** Leaves out what lies above, in both directions. */
    public ReadOptions upper(Bound bound) {
        return with(range.withUpper(bound));
    }

    /**
     * Leaves out what lies below the newest event of a type. Of all its events, that is the newest one which the read's
     * streams, upper bound and instant leave; its type need not be one of {@link #types}.
     *
     * @throws IllegalArgumentException together with a lower bound, which {@link #from} is forwards
     */
    public ReadOptions fromLatest(String type, IfMissing ifMissing) {
        EventFilter.everything().type(type);
        return with(range.withLatest(new Latest(type, Objects.requireNonNull(ifMissing, "ifMissing"))));
    }

    /**
     * Ends after so many events.
     *
     * @param limit 0 or more
     */
    public ReadOptions limit(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit is 0 or more, not " + limit);
        }
        return new ReadOptions(backwards, range, limit, filter);
    }

    /** Leaves out events of other types. */
    public ReadOptions types(String... types) {
        return types(new LinkedHashSet<>(List.of(types)));
    }

    /**
     * Leaves out events of other types.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ReadOptions types(Set<String> types) {
        return with(filter.types(types));
    }

    /** Leaves out events of other streams. It is refused in a read of one stream. */
    public ReadOptions streams(StreamFilter streams) {
        return with(filter.streams(streams));
    }

    /**
     * Leaves out events that happened later, by their {@linkplain RecordedEvent#timestamp() timestamps}, in microseconds;
     * one that happened at the instant is in. The order stays that of the positions, which that of the timestamps need not
     * be, so the whole range is looked at.
     */
    public ReadOptions asOf(Instant instant) {
        return with(filter.asOf(instant));
    }

    /** With these conditions instead of those that it had. */
    ReadOptions with(EventFilter changed) {
        return new ReadOptions(backwards, range, limit, changed);
    }

    private ReadOptions with(Range changed) {
        return new ReadOptions(backwards, changed, limit, filter);
    }

    public boolean isBackwards() {
        return backwards;
    }

    public OptionalLong from() {
        return range.from;
    }

    /** {@link Long#MAX_VALUE} if there is none. */
    public long limit() {
        return limit;
    }

    EventFilter filter() {
        return filter;
    }

    Optional<Latest> latest() {
        return range.latest;
    }

    Span ofStream() {
        if (!filter.streams().isAll()) {
            throw new IllegalArgumentException(
                    "A read of one stream can't be one of " + filter.streams() + ". Read them with readAll");
        }
        return span(true);
    }

    Span ofAll() {
        return span(false);
    }

    private Span span(boolean fromIsIncludedBackwards) {
        Span bounds = new Span(
                range.lower.map(ReadOptions::first).orElse(0L),
                range.upper.map(ReadOptions::last).orElse(Long.MAX_VALUE),
                backwards);
        if (range.from.isEmpty()) {
            return bounds;
        }
        long from = range.from.getAsLong();
        return backwards
                ? bounds.behind(fromIsIncludedBackwards && from < Long.MAX_VALUE ? from + 1 : from)
                : bounds.notBelow(from);
    }

    /** No position is so high that there is none above. */
    private static long first(Bound lower) {
        return lower.inclusive() || lower.position() == Long.MAX_VALUE ? lower.position() : lower.position() + 1;
    }

    private static long last(Bound upper) {
        return upper.inclusive() ? upper.position() : upper.position() - 1;
    }
}
