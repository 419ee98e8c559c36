package io.eventsourcing.benchmarks.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as a table in Markdown, which a terminal shows as well. */
final class ResultTable {

    private static final List<String> HEADER = List.of(
            "contest",
            "ours",
            "reference",
            "ours: median (range)",
            "p50 / p99 µs",
            "reference: median (range)",
            "p50 / p99 µs",
            "ratio (range)",
            "goal",
            "");

    private ResultTable() {}

    static String of(List<Result> results) {
        return line(HEADER)
                + line(HEADER.stream().map(each -> "---").toList())
                + results.stream().map(ResultTable::line).collect(Collectors.joining());
    }

    static String line(Result result) {
        String unit = " " + result.row().figure().unit();
        return line(List.of(
                result.row().name(),
                result.contest().ours(),
                result.contest().reference(),
                text(result.ours(), unit),
                text(result.oursTook()),
                text(result.reference(), unit),
                text(result.referenceTook()),
                text(result.ratio(), ""),
                result.row().goal().toString(),
                !result.hasGoal() ? "" : result.isMet() ? "met" : "**missed**"));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String text(Series series, String unit) {
        if (!series.exists()) {
            return "–";
        }
        String median = number(series.median()) + unit;
        return series.least() == series.most()
                ? median
                : median + " (" + number(series.least()) + "–" + number(series.most()) + ")";
    }

    private static String text(Result.Latency latency) {
        return latency.p50().exists()
                ? number(latency.p50().median()) + " / " + number(latency.p99().median())
                : "";
    }

    /** Three digits say all that such a measurement knows. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }
}
