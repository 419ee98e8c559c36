package io.eventsourcing.eventql;

import java.time.Clock;
import java.time.Duration;

/** What a query may cost. Immutable. */
record Limits(Duration time, long rows, int kept, Clock clock) {

    Limits {
        if (time.isNegative() || time.isZero() || rows < 0 || kept < 0) {
            throw new IllegalArgumentException(
                    "A query has more than no time, and may give and keep 0 rows or more; not " + time + ", " + rows
                            + " and " + kept);
        }
    }
}
