package io.eventsourcing.benchmarks.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long and how much.
 *
 * @param rounds those that count; one to warm up comes before them
 * @param scale 1 is the size that goals are set for
 * @param contests those whose whole name matches are run
 * @param output where results and databases go: not a temporary folder, which may live in memory
 * @param docs the page whose table is written anew, if any
 */
record Options(int rounds, double scale, Pattern contests, Path output, Optional<Path> docs) {

    private static final int FEWEST_EVENTS = 20;
    private static final long SHORTEST_MILLIS = 50;

    static Options ofSystemProperties() {
        return new Options(
                Integer.getInteger("rounds", 5),
                Double.parseDouble(System.getProperty("scale", "1")),
                Pattern.compile(System.getProperty("contests", ".*")),
                Path.of(System.getProperty("output", "target")),
                Boolean.getBoolean("docs")
                        ? Optional.of(Path.of(System.getProperty("docs.file", "docs/benchmarks.md")))
                        : Optional.empty());
    }

    /** @param full their number at scale 1 */
    int events(int full) {
        return (int) Math.max(FEWEST_EVENTS, Math.round(full * scale));
    }

    /** @param full the time at scale 1 */
    long millis(long full) {
        return Math.max(SHORTEST_MILLIS, Math.round(full * scale));
    }
}
