package io.eventsourcing.eventql;

import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventPredicate.And;
import io.eventsourcing.store.EventPredicate.Comparison;
import io.eventsourcing.store.EventPredicate.Happened;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When events happened, in the words of stores. */
final class Moments {

    /** Databases know the time from here on. */
    private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private Moments() {}

    static Optional<EventPredicate> predicate(Comparison comparison, @Nullable Object constant) {
        if (constant instanceof LocalDate date) {
            return date(comparison, start(date), start(date.plusDays(1)));
        }
        Object instant = Times.as(Kind.DATETIME, constant);
        return happened(comparison, instant instanceof Instant moment ? moment : null);
    }

    private static @Nullable Instant start(LocalDate date) {
        return date.getYear() > 0 && date.getYear() < 9999
                ? date.atStartOfDay(ZoneOffset.UTC).toInstant()
                : null;
    }

    private static Optional<EventPredicate> happened(Comparison comparison, @Nullable Instant instant) {
        return instant != null && isKnown(instant) ? Optional.of(new Happened(comparison, instant)) : Optional.empty();
    }

    /** An event of microseconds may compare otherwise with what a database makes of a finer instant. */
    private static boolean isKnown(Instant instant) {
        return instant.isAfter(EARLIEST)
                && instant.isBefore(LATEST)
                && instant.equals(instant.truncatedTo(ChronoUnit.MICROS));
    }

    /** An event compares with a date by its own. */
    private static Optional<EventPredicate> date(
            Comparison comparison, @Nullable Instant start, @Nullable Instant nextStart) {
        return switch (comparison) {
            case LESS -> happened(Comparison.LESS, start);
            case LESS_OR_EQUAL -> happened(Comparison.LESS, nextStart);
            case GREATER -> happened(Comparison.GREATER_OR_EQUAL, nextStart);
            case GREATER_OR_EQUAL -> happened(Comparison.GREATER_OR_EQUAL, start);
            case EQUAL ->
                happened(Comparison.GREATER_OR_EQUAL, start)
                        .flatMap(from -> happened(Comparison.LESS, nextStart).map(to -> new And(List.of(from, to))));
        };
    }
}
