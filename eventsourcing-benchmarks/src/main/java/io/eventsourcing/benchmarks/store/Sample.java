package io.eventsourcing.benchmarks.store;

import java.util.Arrays;

/**
 * How some operations went.
 *
 * @param latencies of each of them in nanoseconds, in any order
 */
record Sample(long nanos, long[] latencies) {

    /** @param eventsPerOperation how many events each operation has written or read */
    Figures rate(long eventsPerOperation) {
        return Figures.NONE.with(Figure.PER_SECOND, latencies.length * eventsPerOperation * 1e9 / nanos);
    }

    /** For operations of one event, or of one page. */
    Figures rateAndLatencies() {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return rate(1).with(Figure.MEAN, Arrays.stream(sorted).average().orElse(Double.NaN) / 1e3)
                .with(Figure.P50, micros(sorted, 0.5))
                .with(Figure.P99, micros(sorted, 0.99));
    }

    private static double micros(long[] sorted, double quantile) {
        int index = (int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile));
        return index < 0 ? Double.NaN : sorted[index] / 1e3;
    }
}
