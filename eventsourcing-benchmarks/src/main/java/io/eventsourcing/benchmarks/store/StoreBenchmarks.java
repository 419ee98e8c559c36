package io.eventsourcing.benchmarks.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the contests, and writes down how they ended. */
public final class StoreBenchmarks {

    private StoreBenchmarks() {}

    /** Options are system properties, see {@code Options}. */
    public static void main(String[] args) throws Exception {
        run(Options.ofSystemProperties(), new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static List<Result> run(Options options, PrintStream out) throws Exception {
        List<Result> results = new ArrayList<>();
        try (Servers servers = new Servers(options.output())) {
            String machine = Machine.describe(servers);
            out.println(machine);
            for (Contest contest : Contests.all()) {
                if (options.contests().matcher(contest.name()).matches()) {
                    List<Result> rows = Match.play(contest, servers, options);
                    rows.forEach(result -> out.print(ResultTable.line(result)));
                    results.addAll(rows);
                    write(options.output(), results); // so that whoever stops it keeps what there is
                }
            }
            out.println("\n" + ResultTable.of(results));
            if (options.docs().isPresent()) {
                DocsSection.write(options.docs().get(), machine + "\n\n" + ResultTable.of(results));
            }
        }
        return results;
    }

    private static void write(Path output, List<Result> results) throws IOException {
        Files.writeString(output.resolve("benchmarks.json"), ResultJson.of(results));
        Files.writeString(output.resolve("benchmarks.svg"), ResultChart.of(results));
    }
}
