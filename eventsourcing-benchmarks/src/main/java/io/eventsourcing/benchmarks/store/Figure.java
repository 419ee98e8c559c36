package io.eventsourcing.benchmarks.store;

/** Something that a run shows. */
enum Figure {
    PER_SECOND("events/s"),
    REBUILT_PER_SECOND("events/s"),
    MEAN("µs"),
    P50("µs"),
    P99("µs"),
    RESTORED("µs"),
    MEGABYTES("MB");

    private final String unit;

    Figure(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }
}
