package io.eventsourcing.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/** Runs the contests, and writes down how they ended. */
public final class StoreBenchmarks {

    private StoreBenchmarks() {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.getInteger("rounds", 5);
        long millis = Long.getLong("millis", 2000);
        try (Servers servers = new Servers()) {
            List<Contest> contests = new ArrayList<>();
            contests.add(new Contest(
                    "append-one-1",
                    "",
                    new AppendOne.Ours(servers.newPostgres(32), 1, millis),
                    "insert",
                    new AppendOne.Plain(servers.newPostgres(32), 1, millis, false),
                    0.9));
            contests.add(new Contest(
                    "append-one-32",
                    "",
                    new AppendOne.Ours(servers.newPostgres(32), 32, millis),
                    "lock",
                    new AppendOne.Plain(servers.newPostgres(32), 32, millis, true),
                    8));
            contests.add(new Contest(
                    "append-one-32-plain",
                    "",
                    new AppendOne.Ours(servers.newPostgres(32), 32, millis),
                    "plain",
                    new AppendOne.Plain(servers.newPostgres(32), 32, millis, false),
                    1.5));
            for (Contest contest : contests) {
                contest.ours().run();
                contest.reference().run();
                List<Double> ratios = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    Sample ours = contest.ours().run();
                    Sample reference = contest.reference().run();
                    ratios.add(ours.perSecond() / reference.perSecond());
                    System.out.printf(
                            "%s ours %.0f/s p50 %.0f p99 %.0f   ref %.0f/s p50 %.0f p99 %.0f  ratio %.2f%n",
                            contest.name(),
                            ours.perSecond(),
                            ours.latencyMicros(0.5),
                            ours.latencyMicros(0.99),
                            reference.perSecond(),
                            reference.latencyMicros(0.5),
                            reference.latencyMicros(0.99),
                            ours.perSecond() / reference.perSecond());
                }
            }
        }
    }
}
