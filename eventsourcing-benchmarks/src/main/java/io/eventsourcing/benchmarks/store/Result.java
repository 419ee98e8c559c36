package io.eventsourcing.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/**
 * How a contest has ended in one of its rows.
 *
 * @param ratio of ours to the reference, round by round: what both have suffered in one round doesn't show in it
 */
record Result(
        Contest contest,
        Row row,
        Series ours,
        Series reference,
        Series ratio,
        Latency oursTook,
        Latency referenceTook) {

    /** How long single operations took: the medians of the rounds. */
    record Latency(Series p50, Series p99) {

        static Latency of(List<Figures> rounds) {
            return new Latency(series(rounds, Figure.P50), series(rounds, Figure.P99));
        }
    }

    static Result of(Contest contest, Row row, List<Figures> ours, List<Figures> reference) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i).get(row.figure()) / reference.get(i).get(row.figure()));
        }
        return new Result(
                contest,
                row,
                series(ours, row.figure()),
                series(reference, row.figure()),
                Series.of(ratios),
                Latency.of(ours),
                Latency.of(reference));
    }

    private static Series series(List<Figures> rounds, Figure figure) {
        return Series.of(rounds.stream().map(round -> round.get(figure)).toList());
    }

    boolean hasGoal() {
        return row.goal().exists();
    }

    boolean isMet() {
        return row.goal().isMetBy(ratio.median());
    }
}
