package io.eventsourcing.eventql;

import static io.eventsourcing.eventql.Kind.DATE;
import static io.eventsourcing.eventql.Kind.DATETIME;
import static io.eventsourcing.eventql.Kind.NUMBER;
import static io.eventsourcing.eventql.Kind.TIME;

import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.List;

/** Functions of dates and times, which datetimes have in UTC. */
final class TimeFunctions {

    static final List<Function> ALL = List.of(
            Function.of("NOW", List.of(), DATETIME, (arguments, row) -> row.now()),
            part("YEAR", DATE, ChronoField.YEAR),
            part("MONTH", DATE, ChronoField.MONTH_OF_YEAR),
            part("DAY", DATE, ChronoField.DAY_OF_MONTH),
            part("WEEKDAY", DATE, ChronoField.DAY_OF_WEEK),
            part("HOUR", TIME, ChronoField.HOUR_OF_DAY),
            part("MINUTE", TIME, ChronoField.MINUTE_OF_HOUR),
            part("SECOND", TIME, ChronoField.SECOND_OF_MINUTE));

    private TimeFunctions() {}

    private static Function part(String name, Kind kind, TemporalField field) {
        return Function.of(
                name,
                List.of(kind),
                NUMBER,
                (arguments, row) -> Numbers.of(((TemporalAccessor) arguments.get(0)).get(field)));
    }
}
