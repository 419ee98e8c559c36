package io.eventsourcing.eventql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Dates, times and datetimes, all of them in UTC. */
final class Times {

    private Times() {}

    /** The value as one of another kind; null if it can't be one. */
    static @Nullable Object as(Kind kind, @Nullable Object value) {
        if (value instanceof String text) {
            return parse(kind, text);
        }
        if (value instanceof Instant instant) {
            return of(kind, instant);
        }
        return Kind.of(value) == kind ? value : null;
    }

    private static @Nullable Object of(Kind kind, Instant instant) {
        OffsetDateTime datetime = instant.atOffset(ZoneOffset.UTC);
        return switch (kind) {
            case DATE -> datetime.toLocalDate();
            case TIME -> datetime.toLocalTime();
            default -> instant;
        };
    }

    /** Null if the text is none. The date of a datetime is one, and so is its time. */
    private static @Nullable Object parse(Kind kind, String text) {
        try {
            return switch (kind) {
                case DATE -> text.length() == 10 ? LocalDate.parse(text) : of(kind, instant(text));
                case TIME -> text.indexOf('T') < 0 ? LocalTime.parse(text) : of(kind, instant(text));
                default ->
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : instant(text);
            };
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** ISO 8601, times with their seconds. */
    static String text(Object value) {
        return value instanceof LocalTime time ? DateTimeFormatter.ISO_LOCAL_TIME.format(time) : value.toString();
    }

    /** How to write one. */
    static String example(Kind kind) {
        return switch (kind) {
            case DATE -> "\"2026-02-03\"";
            case TIME -> "\"04:05:06\"";
            default -> "\"2026-02-03T04:05:06Z\" or \"2026-02-03\"";
        };
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
