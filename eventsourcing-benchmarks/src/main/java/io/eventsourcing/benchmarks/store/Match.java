package io.eventsourcing.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/** Runs a contest: once to warm up, then round by round. */
final class Match {

    private final Contest contest;
    private final List<Figures> ours = new ArrayList<>();
    private final List<Figures> reference = new ArrayList<>();

    private Match(Contest contest) {
        this.contest = contest;
    }

    static List<Result> play(Contest contest, Servers servers, Options options) throws Exception {
        Match match = new Match(contest);
        try (Arena arena = new Arena(servers, options)) {
            Duel duel = contest.opener().open(arena);
            run(duel.ours());
            run(duel.reference());
            for (int round = 0; round < options.rounds(); round++) {
                match.round(duel, round % 2 == 0);
            }
        }
        return contest.rows().stream()
                .map(row -> Result.of(contest, row, match.ours, match.reference))
                .toList();
    }

    /** Whoever goes second finds the garbage, the dirty pages and the heat of whoever went first. */
    private void round(Duel duel, boolean oursFirst) throws Exception {
        if (oursFirst) {
            ours.add(run(duel.ours()));
        }
        reference.add(run(duel.reference()));
        if (!oursFirst) {
            ours.add(run(duel.ours()));
        }
    }

    private static Figures run(Subject subject) throws Exception {
        System.gc();
        return subject.run();
    }
}
