package io.eventsourcing.benchmarks.store;

import java.util.Locale;

/** What a ratio of ours to the reference should be. */
record Goal(double limit, boolean isLeast) {

    /** What is measured is only told. */
    static final Goal NONE = new Goal(Double.NaN, true);

    static Goal atLeast(double limit) {
        return new Goal(limit, true);
    }

    static Goal atMost(double limit) {
        return new Goal(limit, false);
    }

    boolean exists() {
        return !Double.isNaN(limit);
    }

    /** How many times the goal has been reached: 1 is just met, whichever way it goes. */
    double reached(double ratio) {
        return isLeast ? ratio / limit : limit / ratio;
    }

    boolean isMetBy(double ratio) {
        return reached(ratio) >= 1;
    }

    @Override
    public String toString() {
        return exists() ? (isLeast ? "≥ " : "≤ ") + text(limit) : "–";
    }

    static String text(double limit) {
        return String.format(Locale.ROOT, limit == Math.rint(limit) ? "%.0f" : "%.1f", limit);
    }
}
