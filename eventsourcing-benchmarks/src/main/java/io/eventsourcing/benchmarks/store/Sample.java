package io.eventsourcing.benchmarks.store;

import java.util.Arrays;

/**
 * What one run has shown.
 *
 * @param latencies of single operations in nanoseconds, in any order; none if they weren't measured
 */
record Sample(long operations, long nanos, long[] latencies) {

    static Sample of(long operations, long nanos) {
        return new Sample(operations, nanos, new long[0]);
    }

    double perSecond() {
        return operations * 1e9 / nanos;
    }

    /** @param quantile from 0 to 1 */
    double latencyMicros(double quantile) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e3;
    }
}
