package io.eventsourcing.benchmarks.store;

import java.util.List;

/** The median of what the rounds have shown, and between what they lie. */
record Series(double median, double least, double most) {

    static Series of(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Series(median, sorted[0], sorted[sorted.length - 1]);
    }

    boolean exists() {
        return !Double.isNaN(median);
    }
}
