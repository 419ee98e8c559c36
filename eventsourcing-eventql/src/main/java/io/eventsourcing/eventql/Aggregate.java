package io.eventsourcing.eventql;

import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Functions that make one value of many rows. */
enum Aggregate {
    COUNT(Kind.BOOLEAN, Kind.NUMBER, Accumulator.Count::new),
    SUM(Kind.NUMBER, Kind.NUMBER, Accumulator.Sum::new),
    AVG(Kind.NUMBER, Kind.NUMBER, Accumulator.Average::new),
    MIN(Kind.ANY, Kind.ANY, () -> new Accumulator.Extreme(-1)),
    MAX(Kind.ANY, Kind.ANY, () -> new Accumulator.Extreme(1)),
    MEDIAN(Kind.NUMBER, Kind.NUMBER, Accumulator.Median::new),
    STDDEV(Kind.NUMBER, Kind.NUMBER, () -> new Accumulator.Variance(true)),
    VARIANCE(Kind.NUMBER, Kind.NUMBER, () -> new Accumulator.Variance(false)),
    UNIQUE(Kind.ANY, Kind.ANY, Accumulator.Unique::new);

    private final Kind parameter;
    private final Kind result;
    private final Supplier<Accumulator> accumulator;

    Aggregate(Kind parameter, Kind result, Supplier<Accumulator> accumulator) {
        this.parameter = parameter;
        this.result = result;
        this.accumulator = accumulator;
    }

    static @Nullable Aggregate named(String name) {
        for (Aggregate aggregate : values()) {
            if (aggregate.name().equals(name.toUpperCase(Locale.ROOT))) {
                return aggregate;
            }
        }
        return null;
    }

    Kind parameter() {
        return parameter;
    }

    Kind result() {
        return result;
    }

    Accumulator start() {
        return accumulator.get();
    }

    /** Whether it has to keep what it was given. */
    boolean keepsValues() {
        return this == MEDIAN;
    }
}
