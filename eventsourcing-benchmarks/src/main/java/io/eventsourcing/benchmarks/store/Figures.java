package io.eventsourcing.benchmarks.store;

import java.util.EnumMap;
import java.util.Map;

/** What one run has shown. Immutable. */
record Figures(Map<Figure, Double> values) {

    static final Figures NONE = new Figures(Map.of());

    Figures {
        values = Map.copyOf(values);
    }

    Figures with(Figure figure, double value) {
        Map<Figure, Double> more = new EnumMap<>(Figure.class);
        more.putAll(values);
        more.put(figure, value);
        return new Figures(more);
    }

    /** Not a number if the run hasn't shown it. */
    double get(Figure figure) {
        return values.getOrDefault(figure, Double.NaN);
    }
}
