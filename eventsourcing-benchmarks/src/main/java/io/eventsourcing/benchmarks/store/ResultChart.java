package io.eventsourcing.benchmarks.store;

import java.util.List;
import java.util.Locale;

/** Results as a drawing: how many times each goal was reached, on a logarithmic scale. */
final class ResultChart {

    private static final int LABELS = 190;
    private static final int WIDTH = 760;
    private static final int VALUES = 190;
    private static final int LINE = 24;
    private static final int TOP = 44;

    /** The scale goes from a tenth of a goal to ten times a goal. */
    private static final double DECADES = 1;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .goal { stroke: #1f2328; stroke-width: 1.5; }
              .grid { stroke: #8b949e; stroke-opacity: .35; }
              .met { fill: #2da44e; } .missed { fill: #cf222e; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; } .goal { stroke: #e6edf3; } .met { fill: #3fb950; } .missed { fill: #f85149; }
              }
            </style>
            """;

    private ResultChart() {}

    static String of(List<Result> results) {
        List<Result> drawn = results.stream().filter(Result::hasGoal).toList();
        int height = TOP + drawn.size() * LINE + 10;
        StringBuilder svg =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
                        .formatted(WIDTH, height));
        svg.append("<title>How many times each goal was reached</title>\n").append(STYLE);
        for (double share : new double[] {0.1, 0.2, 0.5, 1, 2, 5, 10}) {
            svg.append(gridLine(share, height));
        }
        for (int i = 0; i < drawn.size(); i++) {
            svg.append(bar(drawn.get(i), TOP + i * LINE));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String gridLine(double share, int height) {
        return format(
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>"
                        + "<text x=\"%.1f\" y=\"20\" text-anchor=\"middle\">%s</text>\n",
                share == 1 ? "goal" : "grid",
                x(share),
                x(share),
                TOP - 14,
                height - 8,
                x(share),
                share == 1 ? "goal" : Goal.text(share) + "×");
    }

    private static String bar(Result result, int y) {
        double end = x(result.row().goal().reached(result.ratio().median()));
        return format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\""
                        + " height=\"%d\" rx=\"2\"/><text x=\"%d\" y=\"%d\">%s</text>\n",
                LABELS - 10,
                y + LINE - 10,
                result.row().name(),
                result.isMet() ? "met" : "missed",
                Math.min(end, x(1)),
                y + 3,
                Math.abs(end - x(1)),
                LINE - 8,
                WIDTH - VALUES + 30,
                y + LINE - 10,
                "%s× (goal %s)"
                        .formatted(
                                ResultTable.number(result.ratio().median()),
                                result.row().goal()));
    }

    private static double x(double share) {
        double middle = (LABELS + WIDTH - VALUES) / 2.0;
        double decades = Math.max(-DECADES, Math.min(DECADES, Math.log10(share)));
        return middle + decades / DECADES * (WIDTH - VALUES - LABELS) / 2;
    }

    /** In a locale of its own: a comma in a coordinate is another coordinate. */
    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
